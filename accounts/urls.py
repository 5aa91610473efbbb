"""
Addresses of signing in and of one's own account.

Only what is used is mounted, under allauth's own names: no sign-up, no list of addresses, no password reset (the link
by e-mail takes its place).
"""

from allauth.account import views as account_views
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as code_views
from allauth.mfa.totp import views as app_views
from allauth.mfa.webauthn import views as passkey_views
from django.urls import path

from accounts import views

urlpatterns = [
    path("prisijungti/", views.sign_in, name="account_login"),
    path("prisijungti/nuoroda/", views.request_link, name="account_request_link"),
    path("prisijungti/nuoroda/<uid>/<token>/", views.link, name="account_link"),
    path("prisijungti/antras-zingsnis/", mfa_views.authenticate, name="mfa_authenticate"),
    path("prisijungti/dar-karta/", views.prove_again, name="account_reauthenticate"),
    path("prisijungti/dar-karta/kodu/", mfa_views.reauthenticate, name="mfa_reauthenticate"),
    path("prisijungti/dar-karta/raktu/", passkey_views.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("atsijungti/", account_views.logout, name="account_logout"),
    path("paskyra/", views.account, name="mfa_index"),
    path("paskyra/atsijungti-visur/", views.end_sessions, name="account_end_sessions"),
    path("paskyra/slaptazodis/", views.password, name="account_change_password"),
    path("paskyra/slaptazodis/pasalinti/", views.remove_password, name="account_remove_password"),
    path("paskyra/programele/", app_views.activate_totp, name="mfa_activate_totp"),
    path("paskyra/programele/atsieti/", app_views.deactivate_totp, name="mfa_deactivate_totp"),
    path("paskyra/raktai/", passkey_views.list_webauthn, name="mfa_list_webauthn"),
    path("paskyra/raktai/naujas/", passkey_views.add_webauthn, name="mfa_add_webauthn"),
    path("paskyra/raktai/<int:pk>/", passkey_views.edit_webauthn, name="mfa_edit_webauthn"),
    path("paskyra/raktai/<int:pk>/pasalinti/", passkey_views.remove_webauthn, name="mfa_remove_webauthn"),
    path("paskyra/kodai/", code_views.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("paskyra/kodai/nauji/", code_views.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("paskyra/kodai/atsisiusti/", code_views.download_recovery_codes, name="mfa_download_recovery_codes"),
]
