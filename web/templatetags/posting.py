"""What every form that is sent carries.

Must not know any domain room and never reads the database or the clock.
"""

from __future__ import annotations

from secrets import token_urlsafe

from django import template
from django.middleware.csrf import get_token
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from web.once import FIELD

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context: Context) -> SafeString:
    """The proof that a form came from this site, and its one-time key; in place of Django's tag.

    Django's takes the token from the context and says nothing where there is none: a form in an
    ``{% include ... only %}`` looked right and was refused for everybody. This one takes it from
    the request, which no include loses, and a form drawn without a request is not drawn. The key
    lets a form that is sent twice do what it does once (:mod:`web.once`): no form can forget it.
    """
    token = context.get("csrf_token")
    request = getattr(context, "request", None)
    if not token and request is None:
        raise ValueError("A form that is sent stands in a template drawn without its request.")
    if request is not None and not token:
        token = get_token(request)
    # No browser fills in again the key of a form that was left.
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="{}" value="{}" autocomplete="off">',
        token,
        FIELD,
        token_urlsafe(16),
    )
