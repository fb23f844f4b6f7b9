"""Help beside what is one's own: a client's pages, an outside party's, everybody's account."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TEXTS: tuple[tuple[tuple[str, ...], Promise], ...] = (
    (
        ("my_page",),
        _(
            "First the one thing to do next. Then what else waits for you, and what others do. At "
            "the end, the way to everything of yours."
        ),
    ),
    (
        ("my_plan",),
        _("Your goals and the steps to them. Open a step to say how it goes."),
    ),
    (
        ("my_step", "my_service"),
        _("What it is, and whether you must. You can say that it is done, or say no."),
    ),
    (
        ("my_step_write",),
        _("Your team reads it and answers you in your messages. You are told when they have."),
    ),
    (
        ("more_time_ask",),
        _("A later day for a step. Your team moves the day, or says why it stays."),
    ),
    (
        ("my_people",),
        _("Who helps you, and how to reach them. If somebody is away, it says who acts for them."),
    ),
    (
        ("my_going",),
        _("Tell how you are, and look at what you have told before."),
    ),
    (
        ("my_information",),
        _("Everything about you: who sees it, who has looked, and what you can change."),
    ),
    (
        ("registers",),
        _(
            "What the authorities' registers say about you, in plain words. If something is "
            "wrong, tell your worker or ask for a correction."
        ),
    ),
    (
        ("own_request", "own_request_new"),
        _(
            "Here you ask for joint service: help from several places at once. You get an "
            "answer from a named person by the day shown."
        ),
    ),
    (
        ("own_request_withdraw",),
        _("Takes your request back. You can ask again whenever you want."),
    ),
    (
        ("my_assessments", "my_assessment_new"),
        _(
            "How you have rated your own situation, and how it has changed. Rating yourself is "
            "voluntary, and nobody changes your answers."
        ),
    ),
    (
        ("my_interpreter",),
        _("Say here if you need an interpreter at meetings, and in which language."),
    ),
    (
        ("my_feedback",),
        _("How you were heard and helped. Your name is not kept with your answers."),
    ),
    (
        ("check_in",),
        _("Tell in one choice how it is going. Your team sees it; you need not write anything."),
    ),
    (
        ("my_income", "income_ask"),
        _(
            "Choose what you plan, and see what it does to your benefits. Nothing is saved. A "
            "question you send goes to your team."
        ),
    ),
    (
        ("how_are_things",),
        _(
            "Two questions about how you are doing now. Answering is voluntary; the page shows "
            "nothing about you to anybody."
        ),
    ),
    (
        ("who_sees",),
        _(
            "Who sees which of your information, and why. Where you may decide, there is a "
            "link; where the law decides, the section is told."
        ),
    ),
    (
        ("change_one", "change_many", "change_thing"),
        _(
            "You decide who sees this. You are shown first what would change; it holds at once,"
            " and you can change your mind at any time."
        ),
    ),
    (
        ("see_as", "see_version_as"),
        _("Your own page as somebody else sees it now. Nothing is changed by looking."),
    ),
    (
        ("consent_request",),
        _(
            "A worker asks to see some of your information. You can say yes or no, or leave it;"
            " your services stay the same."
        ),
    ),
    (
        ("outside_new", "outside_party"),
        _(
            "You may let somebody outside the three authorities, such as an association, see "
            "what you choose, for a time. You end it whenever you want."
        ),
    ),
    (
        ("everything",),
        _(
            "All that is recorded about you, by who recorded it. You can take it with you as a "
            "file, and ask for a correction of each thing."
        ),
    ),
    (
        ("my_asked",),
        _(
            "What you have asked to be corrected, and why somebody looked. Each says by when you "
            "are answered, and what you can do about a no."
        ),
    ),
    (
        ("my_details",),
        _(
            "How you are reached, and how to have it corrected. Below it says what non-disclosure "
            "means."
        ),
    ),
    (
        ("correction_new",),
        _(
            "Say what is wrong and how it should be. The office that recorded it must answer "
            "you by the day shown."
        ),
    ),
    (
        ("access_log",),
        _(
            "Who has looked at your information, when and why. If you wonder about a line, ask "
            "there: somebody must answer you."
        ),
    ),
    (
        ("look_ask",),
        _(
            "Ask why somebody looked at your information. The data-protection officer answers "
            "by the day shown."
        ),
    ),
    (
        ("my_letter",),
        _(
            "A letter to you about something that happened to your information. It says what "
            "happened, and what you can do."
        ),
    ),
    (
        ("welcome_language", "welcome_telling", "welcome_what", "welcome_choice"),
        _(
            "Four short pages before your first visit. You can go past each of them, and change"
            " everything later."
        ),
    ),
    (
        ("introduce",),
        _("No register knows you yet. Say where you live; after that you can ask for help."),
    ),
    (
        ("shared", "shared_case"),
        _(
            "What a client has opened to you, and until when. You can read it and change "
            "nothing; the client sees when you have looked."
        ),
    ),
    (
        ("invitation",),
        _(
            "A client has invited you to see something of theirs. Take the invitation up with a"
            " new log-in, or with the one you have."
        ),
    ),
    (
        ("accessibility",),
        _(
            "How well everybody can use this service, and what does not work yet. Tell us here if "
            "something keeps you from using it."
        ),
    ),
    (
        ("about", "privacy", "processing", "processing_body"),
        _(
            "What this service is, on what law it rests, and whose record your information is "
            "in. It can be read without logging in."
        ),
    ),
    (
        ("contact",),
        _(
            "How you are told that something waits: by which way, and at which hours not. A "
            "message never says what it is about."
        ),
    ),
    (
        ("log_ins",),
        _(
            "Where you are logged in, and what has happened to your account in 90 days. If you "
            "do not know a line, end that log-in and change your password."
        ),
    ),
    (
        ("second_factor", "second_factor_app"),
        _(
            "A second way to show that it is you: a passkey or an app with codes. Keep the "
            "recovery codes somewhere else than your phone."
        ),
    ),
    (
        ("own_passkeys",),
        _(
            "The passkeys you have made, and making one more: for another phone, or in case this "
            "one is lost. A passkey you take away lets nobody in any more."
        ),
    ),
    (
        ("second_factor_end",),
        _(
            "Helps a worker who has lost the phone and the recovery codes. They make a new "
            "second factor at their next log-in, and get a letter about this."
        ),
    ),
    (
        ("stronger",),
        _(
            "What you are about to do asks that you show who you are once more. Afterwards you "
            "are back on the same page, and what you wrote is there."
        ),
    ),
    (
        ("own_address", "address_confirm", "address_stop"),
        _(
            "Changes the e-mail address letters go to. The new address is confirmed by its own "
            "link, and the old one can stop the change."
        ),
    ),
    (
        ("enter_code", "make_way", "passkey_log_in"),
        _(
            "For logging in without bank credentials: with the code on your paper the first "
            "time, with your own passkey or password after that."
        ),
    ),
    (
        ("my_own_use",),
        _(
            "Whether a data-protection officer has examined what your account was shown, and "
            "why. It only shows."
        ),
    ),
    (
        ("practise",),
        _(
            "Here you try things out among people who are not real. You come back to your own "
            "work with the button at the top of each page."
        ),
    ),
    (
        ("practise_letters",),
        _(
            "The messages that would have gone to somebody if this were real. None of them has "
            "left."
        ),
    ),
    (
        ("first_hour",),
        _(
            "What your pages are for, and who sees what, in ten lines. You find it again under "
            "Help in the menu."
        ),
    ),
    (
        ("my_mandates",),
        _(
            "Here you see who may act for you, and who has seen the document. What you have "
            "authorised yourself you can end here."
        ),
    ),
)
