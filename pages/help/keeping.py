"""Help beside the pages of those who keep the service: director, leader, keeper, officer."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TEXTS: tuple[tuple[tuple[str, ...], Promise], ...] = (
    (
        ("languages", "language_sign"),
        _(
            "Languages beside those of the installation. Clients are offered one when a native "
            "reader has signed its texts."
        ),
    ),
    (
        ("feedback",),
        _(
            "What clients told of an office in a half-year, where five or more told. Nobody can "
            "see who did."
        ),
    ),
    (
        ("dashboard",),
        _(
            "The network's figures. A figure that could show one person is left out, and so is "
            "another beside it from which it could be counted."
        ),
    ),
    (
        ("template_new",),
        _(
            "A new template, for yourself, your office or the network. Whoever uses it chooses it "
            "in a case from now on; what was taken from it before does not change."
        ),
    ),
    (
        ("ways", "way_new"),
        _(
            "How the network meets and decides. A new way holds from the day you choose, and "
            "the earlier ones stay to be read."
        ),
    ),
    (
        ("reminder_rules", "reminder_rule"),
        _(
            "What workers are reminded of, and how early. What the law gives as a limit can be "
            "made stricter, never looser."
        ),
    ),
    (
        ("imports", "import", "import_new", "import_rejected"),
        _(
            "Reads the three register extracts. First you see what they say and which lines are"
            " not taken; a second person confirms before anything is written."
        ),
    ),
    (
        ("operations",),
        _(
            "Whether the night's work was done and whether notifications go out. Where "
            "something has stopped, the button tries it again."
        ),
    ),
    (
        ("offices", "office"),
        _(
            "An office's people: who works there, who leads it and who has left. Whoever leads "
            "the office keeps this; others read it."
        ),
    ),
    (
        ("office_load", "worker_load"),
        _(
            "How much each worker of your office has to do, by name, and what nobody owns. Open a "
            "worker to give some of their cases to another; the clients are told."
        ),
    ),
    (
        ("worker", "worker_new", "worker_end"),
        _(
            "Lets somebody work in the office, or ends it. Whoever is let in gets a link by "
            "e-mail; for whoever ends, every case is gone at that moment."
        ),
    ),
    (
        ("staff_files", "staff_file", "staff_file_new", "staff_files_new"),
        _(
            "Says by a file who works where. First you see line by line what it would do; "
            "nobody is taken out by a file alone."
        ),
    ),
    (
        ("roles", "role_new"),
        _(
            "Who leads, directs, keeps and protects, and until when. One proposes and another "
            "decides; nobody begins a role of their own."
        ),
    ),
    (
        ("log_ins_of_one",),
        _("What has happened to one worker's account. They see that you have looked."),
    ),
    (
        ("letting_in", "entry"),
        _(
            "Somebody whom their own organisation knows asks to work here. Let them in to an "
            "office, or say why not; they read your words."
        ),
    ),
    (
        ("organisation", "network"),
        _(
            "The networks, their municipalities and offices, and what waits to be decided. "
            "Nothing about any client stands here."
        ),
    ),
    (
        ("network_new",),
        _("Founds a network with its municipalities and offices. After this come its people."),
    ),
    (
        ("installation",),
        _(
            "What is missing before the first client, and who does it. Nothing is ticked by hand: "
            "a line changes when the thing itself is done."
        ),
    ),
    (
        ("accessibility_feedback", "accessibility_answer"),
        _(
            "What people write of the accessibility of the service, without a log-in. Whoever "
            "gave an address gets an answer within two weeks."
        ),
    ),
    (
        ("letter_trial",),
        _("Sends you a letter with a code. Type it here when it comes: then letters arrive."),
    ),
    (
        ("network_end", "town_new", "town_leave", "towns_merge", "territory_change"),
        _(
            "Changes which municipality is of which network, from a day on. You propose it; a "
            "data-protection officer sees what becomes of open cases and decides."
        ),
    ),
    (
        ("network_rename",),
        _(
            "Gives the network another name, from now on. Everybody who works in it is told both "
            "names; nobody is shown more than before."
        ),
    ),
    (
        ("role_contact",),
        _(
            "The phone and address of somebody with a role outside the offices. A phone holds at "
            "once; another address is confirmed from there, and approved by a second person."
        ),
    ),
    (
        ("office_new", "office_change", "office_close", "office_merge"),
        _(
            "Makes, renames, closes or merges an office. It takes effect without anybody else, "
            "as it shows nobody more than before."
        ),
    ),
    (
        ("grounds", "ground", "grounds_csv"),
        _(
            "On which ground each kind of information is open to whom, on a day you choose. "
            "Nothing is shown to anybody that no row in force allows."
        ),
    ),
    (
        ("ground_new", "grounds_national", "ground_remove"),
        _(
            "A draft of a ground. It opens nothing to anybody until two data-protection "
            "officers have signed it."
        ),
    ),
    (
        ("grounds_sign", "ground_sign"),
        _("Shows what signing changes and for whom. With the second officer's signature it holds."),
    ),
    (
        ("ground_end", "ground_suspend", "ground_lift"),
        _(
            "Takes a ground out of force: one officer suspends it at once, two end it or let it"
            " hold again. You see first whom it concerns."
        ),
    ),
    (
        ("questions", "question_answer", "question_prolong"),
        _(
            "Clients ask why somebody looked at their information. Answer in plain words by the"
            " day shown; what you write goes to the client."
        ),
    ),
    (
        ("breaches", "breach", "breach_new", "breach_edit", "breach_authority", "breach_close"),
        _(
            "The record of a data breach, with the authority's 72 hours counted. Letters are "
            "drafted for you to read; none is sent by itself."
        ),
    ),
    (
        ("breach_letters", "breach_text"),
        _(
            "The letters to the people a breach concerns, as each will read them. Send them "
            "here, or print those that go by post."
        ),
    ),
    (
        ("account_examine", "examination", "examination_csv"),
        _(
            "What one account was shown, changed and took out between two moments. Your reason "
            "is kept first, and the account's owner sees that you examined it."
        ),
    ),
    (
        ("exports",),
        _(
            "Which lists of clients were taken out as files, by whom, when and why. Look at "
            "what does not fit the work."
        ),
    ),
    (
        ("policy", "policy_new"),
        _(
            "What clients read before they decide about their information. A new version is "
            "read from now on; earlier ones stay, as decisions rest on them."
        ),
    ),
    (
        ("records", "record"),
        _(
            "Two records that may be of one person. Look at both and say whether they are; "
            "nothing is joined before that."
        ),
    ),
    (
        ("covers_reviewed", "cover_review"),
        _(
            "Leaders who chose themselves as cover and whom nobody confirmed. Look at what they"
            " did meanwhile, and write what you found."
        ),
    ),
    (
        ("home",),
        _("National figures over the networks. A figure that could show one person is left out."),
    ),
    (
        ("machines", "machine"),
        _(
            "Which systems of the bodies read cases by themselves, and until when. Whoever ends "
            "one ends it at once; a new one begins when a second person has decided."
        ),
    ),
    (
        ("machine_new", "machine_key_new"),
        _(
            "Proposes a system, or another key of one. It reads nothing before a second person has "
            "decided, and never more than its body may see."
        ),
    ),
    (
        ("extracts", "extract"),
        _(
            "Rows about cases without names, for an evaluation. The director asks, the officer "
            "approves, and each client reads in their log that their case was in it."
        ),
    ),
    (
        ("extract_new",),
        _(
            "Asks for rows about the network's cases by a decision. Nothing is made before the "
            "data-protection officer has approved it."
        ),
    ),
)
