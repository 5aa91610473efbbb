"""What a page lacks, for the templates of the admin."""

from django import template

from core.content_checks import findings

register = template.Library()


@register.simple_tag
def content_findings(page):
    """What `page` lacks: a list of findings; nothing of one that was never saved."""
    return findings(page) if page.pk else []
