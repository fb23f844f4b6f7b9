"""Users, networks, municipalities, offices, positions and persons."""

from people.models.forms import Draft, SentForm
from people.models.life import NEEDS_SECOND, LifeEvent, LifeEventSeen, LifeKind, LifeState
from people.models.organisation import Municipality, Network, Office, Position, Role
from people.models.persons import FormerCode, FormerName, Person, ProtectionQuestion
from people.models.users import Language, User, UserManager, is_language_code

__all__ = [
    "NEEDS_SECOND",
    "Draft",
    "FormerCode",
    "FormerName",
    "Language",
    "LifeEvent",
    "LifeEventSeen",
    "LifeKind",
    "LifeState",
    "Municipality",
    "Network",
    "Office",
    "Person",
    "Position",
    "ProtectionQuestion",
    "Role",
    "SentForm",
    "User",
    "UserManager",
    "is_language_code",
]
