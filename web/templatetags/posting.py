"""What every form that is sent carries.

Must not know any domain room and never reads the database or the clock.
"""

from __future__ import annotations

from django import template
from django.middleware.csrf import get_token
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context: Context) -> SafeString:
    """The field that proves a form came from this site; in place of Django's own tag.

    Django's takes the token from the context and says nothing where there is none: a form in an
    ``{% include ... only %}`` looked right and was refused for everybody. This one takes it from
    the request, which no include loses, and a form drawn without a request is not drawn.
    """
    token = context.get("csrf_token")
    request = getattr(context, "request", None)
    if not token and request is None:
        raise ValueError("A form that is sent stands in a template drawn without its request.")
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token or get_token(request)
    )
