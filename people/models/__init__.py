"""Users, networks, municipalities, offices, positions and persons."""

from people.models.accessibility import AccessibilityFeedback
from people.models.addresses import AccountLetter, AddressChange
from people.models.entry_requests import EntryRequest, EntryState, EntryWhat
from people.models.events import OrganisationEvent, OrganisationEventSeen, OrganisationKind
from people.models.external_log_ins import ExternalLogIn
from people.models.forms import Draft, SentForm
from people.models.language_signatures import LanguageSignature
from people.models.letter_trials import LetterTrial
from people.models.life import NEEDS_SECOND, LifeEvent, LifeEventSeen, LifeKind, LifeState
from people.models.log_ins import AccountEvent, LogIn
from people.models.machines import (
    LONGEST_DAYS,
    READS_FOR,
    Machine,
    MachineAssertion,
    MachineKey,
    MachineToken,
)
from people.models.organisation import (
    OF_A_NETWORK,
    FormerOfficeName,
    Municipality,
    Network,
    NetworkMunicipality,
    Office,
    Position,
    Role,
)
from people.models.persons import FormerCode, FormerName, Person, ProtectionQuestion
from people.models.roles import ProposalState, RoleChange
from people.models.saved_filters import FilteredList, SavedFilter
from people.models.staff_files import StaffFile, StaffFileState, StaffMissing
from people.models.territory import TerritoryChange, TerritoryKind
from people.models.users import Language, User, UserManager, is_language_code

__all__ = [
    "LONGEST_DAYS",
    "NEEDS_SECOND",
    "OF_A_NETWORK",
    "READS_FOR",
    "AccessibilityFeedback",
    "AccountEvent",
    "AccountLetter",
    "AddressChange",
    "Draft",
    "EntryRequest",
    "EntryState",
    "EntryWhat",
    "ExternalLogIn",
    "FilteredList",
    "FormerCode",
    "FormerName",
    "FormerOfficeName",
    "Language",
    "LanguageSignature",
    "LetterTrial",
    "LifeEvent",
    "LifeEventSeen",
    "LifeKind",
    "LifeState",
    "LogIn",
    "Machine",
    "MachineAssertion",
    "MachineKey",
    "MachineToken",
    "Municipality",
    "Network",
    "NetworkMunicipality",
    "Office",
    "OrganisationEvent",
    "OrganisationEventSeen",
    "OrganisationKind",
    "Person",
    "Position",
    "ProposalState",
    "ProtectionQuestion",
    "Role",
    "RoleChange",
    "SavedFilter",
    "SentForm",
    "StaffFile",
    "StaffFileState",
    "StaffMissing",
    "TerritoryChange",
    "TerritoryKind",
    "User",
    "UserManager",
    "is_language_code",
]
