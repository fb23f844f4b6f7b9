"""Who logs in to the demo, and as whom. The network is built from these names and no others."""

from types import MappingProxyType

PASSWORD = "demo"  # noqa: S105
LOGINS = MappingProxyType(
    {
        "employment": "caseworker, employment services; manager of the joint case",
        "social": "caseworker, social services; on the joint case",
        "kela": "caseworker, Kela; on the joint case",
        "colleague": "caseworker of the same office, not on that team",
        "outsider": "caseworker, employment services of another network",
        "social2": "caseworker, social services of the other network",
        "kela2": "caseworker, Kela in the other network",
        "director": "director of the network",
        "deputy": "deputy of the director",
        "steering": "member of the steering group: figures alone",
        "national": "reader of national figures",
        "keeper": "keeps the organisation: networks, offices, roles; no client",
        "leader": "leads the office of employment services",
        "officer": "data-protection officer",
        "officer2": "second data-protection officer: two sign a ground",
        "client": "client of the joint case",
        "client2": "another client",
        "client3": "a client whose plan is in force",
        "association": "outside party the first client shares with",
    }
)
