"""Help beside the pages of one case."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TEXTS: tuple[tuple[tuple[str, ...], Promise], ...] = (
    (
        ("case",),
        _(
            "The joint plan as your organisation may see it, and whose turn it is. Each link "
            "beside a thing opens the page where you write it."
        ),
    ),
    (
        ("case_phone",),
        _(
            "How to reach a client under non-disclosure. It stands here alone, because each look "
            "is logged. Tell the number to nobody."
        ),
    ),
    (
        ("ending_new", "ending_assess", "ending_withdraw"),
        _(
            "Ending joint service takes all three bodies: one proposes with a reason, the "
            "others say whether the need has ended, and the client says what they think."
        ),
    ),
    (
        ("no_joint_service",),
        _(
            "The assessment found no need for joint service. The other bodies are asked for the"
            " same; the reason is kept as a code."
        ),
    ),
    (
        ("case_reopen",),
        _(
            "Opens an ended case again while it is followed up, as a correction. The team and "
            "the client are told."
        ),
    ),
    (
        ("case_hold",),
        _(
            "Keeps an ended case beyond its time for a pending matter, with a reason. Let it go"
            " as soon as the matter is over."
        ),
    ),
    (
        ("go_on_ask", "go_on_answer", "go_on_withdraw"),
        _(
            "An accompanied handover: a named person is asked to go on with the client after "
            "joint service, and accepts or says why not. The client is told who it is."
        ),
    ),
    (
        ("mapping", "mapping_view", "mapping_view_client"),
        _(
            "Areas of life and what one can do: each party's view side by side. Write your own "
            "view; nobody writes over another's words."
        ),
    ),
    (
        ("plan_edit",),
        _(
            "What the plan says as a whole: strengths, the duty to seek work, follow-up. It "
            "becomes part of the next version when that is proposed."
        ),
    ),
    (
        (
            "goal_new",
            "goal_edit",
            "goal_drop",
            "goal_take_up",
            "own_goal_new",
            "client_goal_new",
        ),
        _(
            "A goal says what is wanted, not who does what. A client's own goal stays in the "
            "client's words, and only the client changes it."
        ),
    ),
    (
        ("action_new", "action_edit", "action_close", "action_day", "action_reopen"),
        _(
            "An action has one who does it and a day. It is in the plan at once; a close keeps "
            "what came of it, or why it was left."
        ),
    ),
    (
        ("service_new", "service_edit", "service_outcome"),
        _(
            "A service of your own organisation in the plan: planned first, then how it really "
            "went. Other bodies' services are theirs to write."
        ),
    ),
    (
        ("more_time_answer",),
        _(
            "A later day that the client asks for. Agree, and the day of the step moves, or say "
            "why it stays. Until then nothing changes."
        ),
    ),
    (
        (
            "remarks",
            "remark_goal",
            "remark_action",
            "remark_service",
            "remark_step",
            "remark_answer",
            "remark_take_up",
        ),
        _(
            "What the client says of a goal, a step or a service, and steps they propose. Each "
            "is answered where it was said."
        ),
    ),
    (
        ("why",),
        _(
            "Why joint service was proposed: the reason, the facts used and their day. If a fact "
            "is wrong, ask for a correction."
        ),
    ),
    (
        ("offers", "offer", "offer_new", "offer_reply"),
        _(
            "Steps put side by side, so that the client has something to choose from: one, none, "
            "or something else. What is chosen becomes a step of the plan."
        ),
    ),
    (
        ("action_no", "service_no", "my_no"),
        _(
            "A client may say no to an action or a service and need not say why. It stays in "
            "sight, and can be taken back."
        ),
    ),
    (
        ("propose", "propose_as"),
        _(
            "Freezes the plan as the next numbered version and asks each party to accept it. "
            "Until all have, the version before is in force."
        ),
    ),
    (
        ("versions", "version"),
        _(
            "Every version of the plan as it was proposed, what changed, and who has answered "
            "what. An old version never changes."
        ),
    ),
    (
        ("accept",),
        _(
            "Says what accepting means before you do it. When all have accepted, the version is"
            " in force."
        ),
    ),
    (
        ("disagree", "settle"),
        _(
            "Say what you disagree with: the version stays a proposal and your words are kept. "
            "The team settles it with a new proposal."
        ),
    ),
    (
        ("client_answer", "signed_paper"),
        _(
            "What the client answered on paper or aloud is written down here. The client reads "
            "it, and can say that it is not so."
        ),
    ),
    (
        ("review_ask", "review_answer"),
        _(
            "The client may ask at any time for the plan to be looked at again. The team "
            "answers, with a day or with a reason."
        ),
    ),
    (
        ("body_ask", "body_accept", "body_decline", "body_withdraw", "body_read"),
        _(
            "A request to another body for a step towards a goal, with a day for the answer. It"
            " is accepted, declined with a reason, or withdrawn."
        ),
    ),
    (
        ("conflicts", "conflict_settle"),
        _(
            "Both sides of everything in the case that does not fit together. Settling one "
            "keeps both sides and says what was agreed."
        ),
    ),
    (
        ("goal_progress",),
        _(
            "How near the goal each party has seen it over time. Your own rating is added; "
            "nobody's is changed."
        ),
    ),
    (
        (
            "assessments",
            "expert_rating_new",
            "expert_rating_edit",
            "assessment_type",
            "assessment_edit",
        ),
        _(
            "The client's own scores beside the experts' ratings, over time. They stand side by"
            " side and are never added up."
        ),
    ),
    (
        ("threads", "thread_new", "thread", "action_ask", "case_note"),
        _(
            "Messages between the client and the team, by topic. Say whether you want an "
            "answer: then it is somebody's turn until one has come."
        ),
    ),
    (
        ("kela_confirm", "kela_confirmation"),
        _(
            "What Kela has said of a step of this client: who said so, and when. The client is "
            "told; other organisations read it where the client lets them."
        ),
    ),
    (
        ("case_income", "service_income"),
        _(
            "What a step does to benefits: which pays, what must be told, what to ask. Each "
            "sentence has its section and the day it was read; nothing chosen here is saved."
        ),
    ),
    (
        ("contacts", "contact_new", "contact_correct"),
        _(
            "Calls, visits and letters outside the service, with what came of them. A contact "
            "that was answered counts as being in touch; a try does not."
        ),
    ),
    (
        ("meetings", "meeting", "meeting_new", "meeting_held"),
        _(
            "A meeting of the client and the team: who comes, what is talked about, what was "
            "agreed. Everybody called is told, and what is agreed is in the plan at once."
        ),
    ),
    (
        ("interpreter_need", "meeting_interpreter"),
        _(
            "In which language the client needs an interpreter, and who interprets at a meeting. "
            "A meeting without one is shown over the case and on the first page until one is "
            "booked, or it is said why none is needed this time."
        ),
    ),
    (
        ("meeting_move", "meeting_cancel", "meeting_ask"),
        _(
            "Changes a meeting. Everybody who was called is told at once, and the calendar file"
            " is made anew."
        ),
    ),
    (
        ("point_new", "point", "agree_action", "agree_service", "meeting_close"),
        _(
            "Writes the meeting as it goes: points, what was said, what was agreed. Closing "
            "says who came and makes the minutes stand."
        ),
    ),
    (
        ("follow_up", "clock_move"),
        _(
            "The deadlines of the case, how the client says it goes, and how things were after "
            "the end. A deadline is moved only with a reason."
        ),
    ),
    (
        ("reminder_snooze",),
        _("Your own reminder waits until the day you choose. The deadline itself does not move."),
    ),
    (
        ("point_answer",),
        _(
            "Say how things are at this point after joint service: by the client, or by whoever"
            " was named to ask."
        ),
    ),
    (
        ("team", "member_add", "member_end"),
        _(
            "Who is on the team. Whoever is added sees the case from now on; for whoever leaves"
            " it is gone with the next click."
        ),
    ),
    (
        ("hand_over", "handover", "handover_decline", "handover_summary"),
        _(
            "Hands the case to another case manager. It is theirs when they take it; until then"
            " it is yours, and the summary says what they need first."
        ),
    ),
    (
        ("changes", "change_undo", "change_confirm"),
        _(
            "What has changed in the client's life: address, name, identity code, protection, "
            "death. Each can be taken back for some time; some need a second person."
        ),
    ),
    (
        ("change_died",),
        _(
            "Write down the day the client died. You see first what follows; the case ends and "
            "nothing more is sent to the client."
        ),
    ),
    (
        ("change_code", "change_name"),
        _(
            "The client has a new identity code or name. What was before still finds them; a "
            "new code is typed by a second worker too."
        ),
    ),
    (
        ("change_moved", "change_left"),
        _(
            "The client has moved. Where the new municipality is of another network, the case "
            "is ended or handed over together with the client."
        ),
    ),
    (
        ("change_protect", "change_unprotect"),
        _(
            "Non-disclosure: address and phone are shown to nobody who does not need them. It "
            "begins at once; ending it takes a second worker."
        ),
    ),
)
