"""What the templates of signing in may ask."""

import json

from django import template
from django.core.serializers.json import DjangoJSONEncoder

register = template.Library()


@register.filter
def as_json(value):
    """A value as JSON, for an attribute that a script reads."""
    return json.dumps(value, cls=DjangoJSONEncoder)
