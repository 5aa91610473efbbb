"""Addresses of the staff's screens, below the admin's."""

from django.urls import path

from events.admin import views

app_name = "registrations"
urlpatterns = [
    path("", views.EventsView.as_view(), name="index"),
    path("<int:event_pk>/", views.RegistrationsView.as_view(), name="event"),
    path("<int:event_pk>/irasyti/", views.AddView.as_view(), name="add"),
    path("<int:event_pk>/zinia/", views.MessageView.as_view(), name="message"),
    path("<int:event_pk>/lapas/", views.SheetView.as_view(), name="sheet"),
    path("irasas/<int:pk>/", views.EditView.as_view(), name="edit"),
    path("irasas/<int:pk>/atsaukti/", views.CancelView.as_view(), name="cancel"),
    path("irasas/<int:pk>/vieta/", views.PlaceView.as_view(), name="place"),
    path("irasas/<int:pk>/perkelti/", views.MoveView.as_view(), name="move"),
]
