"""One address of every template, in the content that the site comes with."""

REGISTER = "/bendradarbiavimas/"
EVENTS = "/renginiai/"
EVENT = f"{EVENTS}mokymai-kaip-parengti-paraiska-pavyzdys/"
AGREEMENT = f"{REGISTER}sutartys/ketinimu-protokolas-su-elsbeere-wienerwald/"

TEMPLATES = {
    "home": "/",
    "news": "/naujienos/",
    "news item": "/naujienos/projektas-alytaus-rajono-vietos-veiklos-grupes-bendruomeniu-saskrydis/",
    "events": "/renginiai/",
    "past events": "/renginiai/praeje/",
    "month": "/renginiai/2012/01/",
    "event": EVENT,
    "how to subscribe": f"{EVENTS}prenumerata/",
    "register": REGISTER,
    "register, nothing found": f"{REGISTER}?q=nieko+tokio",
    "agreement": AGREEMENT,
    "organisation": f"{REGISTER}partneriai/druskininku-vvg/",
    "projects": "/projektai/",
    "project": "/projektai/zydinti-lietuva/",
    "members": "/vvg-nariai/",
    "text": "/apie-vvg/",
    "strategy": "/strategija-2015-2020/",
    "contact": "/kontaktai/",
    "accessibility": "/prieinamumas/",
    "sign in": "/prisijungti/",
    "a link that is over": "/prisijungti/nuoroda/1/x.y/",
    "open data": "/atviri-duomenys/",
    "not there": "/tokio-puslapio-nera/",
}
