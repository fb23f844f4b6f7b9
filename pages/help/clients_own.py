"""What is the client's own in a case: what they decide, how they log in, who sees what of them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TEXTS: tuple[tuple[tuple[str, ...], Promise], ...] = (
    (
        ("consent_ask", "consent_heard", "outside_heard"),
        _(
            "What is the client's to decide is asked for here, or written down as they said it."
            " They need not agree, and confirm it themselves where they log in."
        ),
    ),
    (
        ("written_down", "said", "paper_archive"),
        _(
            "What was written down of the client's decision, the paper it rests on, and who has"
            " seen that paper. The client says whether it is right."
        ),
    ),
    (
        ("outside_sent",),
        _(
            "Invitations of outside parties that your organisation wrote down and nobody has "
            "taken up. Send one again, or take it back."
        ),
    ),
    (
        ("client_log_in", "client_code", "client_log_in_end"),
        _(
            "How the client logs in. A code on paper lets somebody in whom you have identified "
            "face to face; it works once, for 14 days, and can be ended here."
        ),
    ),
    (
        ("tell_client",),
        _(
            "Tells a client without a log-in that a case has begun: print the letter, or write "
            "down that you told them. Until then it waits at the case manager."
        ),
    ),
    (
        ("mandate_tell",),
        _(
            "Tells a client without a log-in who acts for them, or that it has ended: print the "
            "letter, or write down that you told them."
        ),
    ),
    (
        (
            "for_client",
            "client_check_in",
            "client_message",
            "client_review",
            "client_no_action",
            "client_no_service",
            "client_no_back",
        ),
        _(
            "What a client does on their own pages, for you to write with them or from their "
            "paper. Each thing is kept as what it is, marked with how it was written."
        ),
    ),
    (
        ("plan_paper", "people_paper", "grants_paper"),
        _(
            "A sheet of paper in the client's language: what is needed first stands on its first "
            "page, the rest behind."
        ),
    ),
    (
        ("paper_came",),
        _(
            "A paper that came back is first noted, with the day and where it is kept. Then its "
            "words are written by their kind, and each says that it came on that paper."
        ),
    ),
    (
        ("case_history", "my_history"),
        _(
            "What has been written and changed in the case, and what changed who sees it. It "
            "only shows; nothing is changed here."
        ),
    ),
    (
        ("correction_answer", "correction_prolong"),
        _(
            "The client says that something recorded is wrong. Correct it, or say why not, by "
            "the day shown; the client reads your answer."
        ),
    ),
    (
        ("case_who_sees", "case_see_as", "case_see_version_as"),
        _(
            "What each body sees of this case, and on what ground: to explain it to the client."
            " You see here no more than you see elsewhere."
        ),
    ),
    (
        ("mandates", "mandate_new", "mandate_end"),
        _(
            "Who may act for the client, and what you have seen of it. It counts when somebody of "
            "another organisation has seen the document too; then the client is told."
        ),
    ),
)
