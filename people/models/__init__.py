"""Users, networks, municipalities, offices, positions and persons."""

from people.models.addresses import AccountLetter, AddressChange
from people.models.external_log_ins import ExternalLogIn
from people.models.forms import Draft, SentForm
from people.models.life import NEEDS_SECOND, LifeEvent, LifeEventSeen, LifeKind, LifeState
from people.models.log_ins import AccountEvent, LogIn
from people.models.organisation import Municipality, Network, Office, Position, Role
from people.models.persons import FormerCode, FormerName, Person, ProtectionQuestion
from people.models.roles import ProposalState, RoleChange
from people.models.users import Language, User, UserManager, is_language_code

__all__ = [
    "NEEDS_SECOND",
    "AccountEvent",
    "AccountLetter",
    "AddressChange",
    "Draft",
    "ExternalLogIn",
    "FormerCode",
    "FormerName",
    "Language",
    "LifeEvent",
    "LifeEventSeen",
    "LifeKind",
    "LifeState",
    "LogIn",
    "Municipality",
    "Network",
    "Office",
    "Person",
    "Position",
    "ProposalState",
    "ProtectionQuestion",
    "Role",
    "RoleChange",
    "SentForm",
    "User",
    "UserManager",
    "is_language_code",
]
