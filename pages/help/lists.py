"""Help beside what a worker finds people by: lists, triggers, requests, what others ask."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TEXTS: tuple[tuple[tuple[str, ...], Promise], ...] = (
    (
        ("my_day",),
        _(
            "Begin here: what is due, who waits for you or your organisation, and what is new. "
            "Each line leads to the page where it is dealt with, and leaves the list once it "
            "is."
        ),
    ),
    (
        ("cases",),
        _(
            "The cases whose team you are on. The search at the head of every page finds them by "
            "name, phone or identity code. Who is not here has no case with you: you can ask to "
            "see one."
        ),
    ),
    (
        ("calendar",),
        _(
            "Meetings, steps and the days of the law, by week or month. What you have at the same "
            "time as something else is marked. Each line leads to where it is dealt with."
        ),
    ),
    (
        ("calendar_program",),
        _(
            "Makes an address for your calendar program, or ends it. It is shown once; what it "
            "shows is when you have meetings, and nothing else."
        ),
    ),
    (
        ("recent",),
        _("The ten cases you opened last in this log-in. They are forgotten when you log out."),
    ),
    (
        ("cases_csv", "board_csv", "triggers_csv"),
        _(
            "Takes the list out as a file, as you have narrowed it. You give a reason first, "
            "and everybody in the file can see in the log that they were in it."
        ),
    ),
    (
        ("triggers",),
        _(
            "People whom the registers show at a limit of the law, or near it, one row a person. A "
            "row is a prompt, not a decision: open it to see why the person is here and to say "
            "what you do. Tick several to assess, give, put off or take them out at once."
        ),
    ),
    (
        ("filter_change",),
        _(
            "Names a saved filter anew, or says whether your office uses it, too. It grants "
            "nothing: everybody finds by it what they may see."
        ),
    ),
    (
        ("chosen_give",),
        _(
            "Says who of your office looks at the need of those you ticked. They are told; no case "
            "is opened by it."
        ),
    ),
    (
        ("chosen_snooze",),
        _(
            "Takes those you ticked off the list until a day, with one reason that your network "
            "reads. They come back by themselves."
        ),
    ),
    (
        ("person_decline",),
        _(
            "Takes the person off the list for as long as these facts hold. The reason is kept for "
            "each of their triggers, with the day's figures."
        ),
    ),
    (
        ("trigger",),
        _(
            "Why this person is on the list, day by day, and on which section of law. Nothing "
            "is opened by reading; the buttons begin an assessment, or take the row off the "
            "list with a reason."
        ),
    ),
    (
        ("trigger_open",),
        _(
            "Begins the joint assessment of this person, with the trigger beside it. The three "
            "bodies and the client are told at once."
        ),
    ),
    (
        ("trigger_assess",),
        _(
            "Tells your colleagues that you look at the need. It opens no case and is told to "
            "nobody else."
        ),
    ),
    (
        ("trigger_decline",),
        _(
            "Takes the row off the list and keeps your reason. It comes back if the registers "
            "show something new, and you can take this back."
        ),
    ),
    (
        ("trigger_snooze",),
        _("Hides the row until the day you choose. Then it is on the list again."),
    ),
    (
        ("trigger_died",),
        _(
            "Write down the day somebody without a case died: they leave the list at once. It "
            "can be taken back for some time."
        ),
    ),
    (
        ("by_hand",),
        _(
            "For what an extract does not tell, such as a period in another country. It counts "
            "beside the register from now on, and says who entered it."
        ),
    ),
    (
        ("deaths",),
        _(
            "Those without a case whose death was written down lately. A mistake is taken back "
            "here."
        ),
    ),
    (
        ("case_find",),
        _(
            "Opens a case of your own by identity code. Whoever is not yours is not shown: you "
            "can ask for access, or begin an assessment."
        ),
    ),
    (
        ("access_ask",),
        _(
            "You ask to see somebody's case, with a reason. The answer here is the same whether"
            " or not there is one; the case manager decides."
        ),
    ),
    (
        ("access_answer",),
        _(
            "Somebody asks to see this case. Say yes for a time, or no with a reason; the "
            "client sees both in the log."
        ),
    ),
    (
        ("emergency",),
        _(
            "Opens a case at once where waiting would do harm. The client, the case manager and"
            " whoever leads your office are told, and somebody looks at it afterwards."
        ),
    ),
    (
        ("board",),
        _(
            "Who waits for whom in all your cases: actions, and requests between the bodies. "
            "Filter by who owes the next step."
        ),
    ),
    (
        ("covers",),
        _(
            "Who stands in for whom, and until when. A cover sees the cases of whoever is away,"
            " and ends by itself. Who is away with nobody to stand in is seen by the team and by "
            "whoever leads the office."
        ),
    ),
    (
        ("hand_over_several",),
        _(
            "Offers many of your cases to one colleague at once. Each is theirs when they take "
            "it, and what is open in it goes along: actions, meetings, reminders."
        ),
    ),
    (
        ("handovers",),
        _(
            "The cases you are asked to take. Take several together or answer one alone; you see "
            "whose case it is when it is yours."
        ),
    ),
    (
        ("cases_came",),
        _("What has come to you with the cases you have taken, until you say that you read it."),
    ),
    (
        ("cover_over",),
        _(
            "What happened in your cases while somebody stood in for you, in numbers; open a "
            "client to read it. Everything is yours again."
        ),
    ),
    (
        ("cover_for",),
        _(
            "Somebody is away and nobody stands in. Choose who does: they work in all those "
            "cases from the first day to the last, and it ends by itself."
        ),
    ),
    (
        ("cover_new",),
        _(
            "Choose who stands in for you, or for somebody of the office you lead. From the "
            "first day they work in all those cases; the clients see who it is. If nobody does "
            "yet, say so: the leader of the office is told until somebody is named."
        ),
    ),
    (
        ("imports_waiting", "import_to_confirm"),
        _(
            "An import of register extracts waits for a second person. Look at what the files "
            "say; nothing is written before you confirm it."
        ),
    ),
    (
        ("assessments_import",),
        _(
            "Reads a file of scores. First you see what it would write and which lines are not "
            "taken; the button then writes just that."
        ),
    ),
    (
        ("own_request_paper",),
        _(
            "Write down what somebody asked on paper. They get a receipt with a day by which "
            "they are answered."
        ),
    ),
    (
        ("people_asking",),
        _(
            "People who have asked for joint service and wait for you or your office. Answer "
            "each by its day."
        ),
    ),
    (
        ("person_asking", "person_asking_name"),
        _(
            "One person's own request. Whoever is named answers it: the assessment begins, or a"
            " refusal says why and what else helps."
        ),
    ),
    (
        ("person_asking_begin",),
        _(
            "Begins the joint assessment of whoever asked. The case opens, and the other bodies"
            " and the client are told."
        ),
    ),
    (
        ("person_asking_refuse",),
        _(
            "Say in plain words why joint service is not begun and what helps instead. The "
            "person reads it as you write it."
        ),
    ),
    (
        ("person_asking_died",),
        _("Closes the request of somebody who has died. Nothing is sent to anybody."),
    ),
    (
        ("consultations",),
        _(
            "Questions between the organisations about no named person. Each is answered within"
            " the network's days and then disappears."
        ),
    ),
    (
        ("consultation", "consultation_new", "consultation_answer"),
        _(
            "Ask or answer about a kind of situation, never about a person: there is no place "
            "for a name. It is linked to no case."
        ),
    ),
    (
        ("need_new",),
        _(
            "Begins the joint assessment of somebody by need, without a trigger. Say what you "
            "have observed in the law's words; the other bodies and the client are told at "
            "once."
        ),
    ),
    (
        ("need_refer", "trigger_refer"),
        _(
            "Sends somebody to another office to be assessed: who, to whom, the day and a coded"
            " need, and no free text. Only the two offices see it."
        ),
    ),
    (
        ("referrals", "referral", "referral_begin"),
        _(
            "What was sent to your office, and what became of what it sent. Begin the "
            "assessment, or answer with a code; a referral goes after the network's days."
        ),
    ),
    (
        ("seat",),
        _(
            "A case has kept a place for your office. Name who works on it; from then on they "
            "see the case."
        ),
    ),
    (
        ("templates", "template", "ready_plans", "ready_plan"),
        _(
            "Ready goals, actions and messages of the network. They are a beginning: you choose"
            " what you take, and change the words for the client."
        ),
    ),
)
