"""The addresses of the HTML face. Only opaque ids stand in them."""

from django.urls import path

from pages import drafts
from pages.account import contact
from pages.account import views as account
from pages.caseworker import (
    access,
    agreement,
    assessments,
    beside,
    changes,
    commitments,
    conflicts,
    consents,
    corrections,
    dialogue,
    followup,
    life,
    meetings,
    plan,
    ready,
    team,
    worklist,
)
from pages.caseworker import sharing as explaining
from pages.caseworker import views as caseworker
from pages.client import assessments as own
from pages.client import followup as own_followup
from pages.client import looks, own_case, rights, sharing
from pages.client import plan as client
from pages.director import imports, operations, rules, staff, ways
from pages.director import views as director
from pages.officer import grounds, joining, policy, questions
from pages.officer import imports as officer_imports
from pages.outside import views as outside

app_name = "pages"
urlpatterns = [
    path("", account.home, name="home"),
    path("about/", account.about, name="about"),
    path("about/processing/", account.processing, name="processing"),
    path("about/processing/<slug:body>/", account.processing_body, name="processing_body"),
    path("contact/", contact.contact, name="contact"),
    # Sent in letters: followup.points.LINK.
    path("how-are-things/<str:token>/", own_followup.how_are_things, name="how_are_things"),
    path("my/how-is-it-going/", own_followup.check_in, name="check_in"),
    path("cases/<uuid:case_id>/follow-up/", followup.follow_up, name="follow_up"),
    path("cases/<uuid:case_id>/follow-up/clock/", followup.clock_move, name="clock_move"),
    path(
        "check-ins/<uuid:check_in_id>/handled/", followup.check_in_handled, name="check_in_handled"
    ),
    path("reminders/<uuid:reminder_id>/wait/", followup.snooze, name="reminder_snooze"),
    path("afterwards/<uuid:point_id>/", followup.point_answer, name="point_answer"),
    path(
        "afterwards/answers/<uuid:answer_id>/contact/",
        followup.contact_noted,
        name="contact_noted",
    ),
    path("reminder-rules/", rules.reminder_rules, name="reminder_rules"),
    path("reminder-rules/<slug:kind>/", rules.reminder_rule, name="reminder_rule"),
    path("operations/", operations.operations, name="operations"),
    path("operations/again/", operations.try_again, name="operations_again"),
    path("drafts/", drafts.draft_keep, name="draft_keep"),
    path("drafts/forget/", drafts.draft_forget, name="draft_forget"),
    path("day/", caseworker.my_day, name="my_day"),
    path("cases/", caseworker.cases, name="cases"),
    path("cases/export.csv", caseworker.cases_csv, name="cases_csv"),
    path("cases/find/", access.case_find, name="case_find"),
    path("cases/find/ask/", access.access_ask, name="access_ask"),
    path("cases/find/emergency/", access.emergency, name="emergency"),
    path("access-requests/<uuid:request_id>/", access.access_answer, name="access_answer"),
    path("triggers/", worklist.triggers, name="triggers"),
    path("triggers/export.csv", worklist.triggers_csv, name="triggers_csv"),
    path("triggers/filters/", worklist.filter_save, name="filter_save"),
    path("triggers/filters/<uuid:filter_id>/remove/", worklist.filter_remove, name="filter_remove"),
    path("triggers/<uuid:person_id>/<slug:rule>/", worklist.trigger, name="trigger"),
    *(
        path(f"triggers/<uuid:person_id>/<slug:rule>/{verb}/", view, name=f"trigger_{verb}")
        for verb, view in (
            ("open", worklist.trigger_open),
            ("assess", worklist.trigger_assess),
            ("decline", worklist.trigger_decline),
            ("snooze", worklist.trigger_snooze),
        )
    ),
    path("triggers/<uuid:person_id>/<slug:rule>/by-hand/", worklist.by_hand, name="by_hand"),
    path(
        "triggers/<uuid:person_id>/by-hand/<uuid:entry_id>/withdraw/",
        worklist.by_hand_withdraw,
        name="by_hand_withdraw",
    ),
    path("cases/<uuid:case_id>/", plan.case, name="case"),
    path("cases/<uuid:case_id>/start/", life.case_start, name="case_start"),
    path("cases/<uuid:case_id>/decline/", life.case_decline, name="case_decline"),
    path("cases/<uuid:case_id>/mapping/", life.mapping, name="mapping"),
    path("cases/<uuid:case_id>/mapping/<slug:area>/", life.mapping_view, name="mapping_view"),
    path(
        "cases/<uuid:case_id>/mapping/<slug:area>/client/",
        life.mapping_view_client,
        name="mapping_view_client",
    ),
    path("cases/<uuid:case_id>/ending/new/", life.ending_new, name="ending_new"),
    path("cases/<uuid:case_id>/reopen/", life.case_reopen, name="case_reopen"),
    path("cases/<uuid:case_id>/hold/", life.case_hold, name="case_hold"),
    path("cases/<uuid:case_id>/changes/", changes.changes, name="changes"),
    path("cases/<uuid:case_id>/changes/died/", changes.change_died, name="change_died"),
    *(
        path(f"cases/<uuid:case_id>/changes/{verb}/", view, name=name)
        for verb, view, name in (
            ("code", changes.change_code, "change_code"),
            ("moved", changes.change_moved, "change_moved"),
            ("end", changes.change_left, "change_left"),
            ("name", changes.change_name, "change_name"),
            ("non-disclosure", changes.change_protect, "change_protect"),
            ("disclosure", changes.change_unprotect, "change_unprotect"),
            ("stays-on", changes.change_keep_protected, "change_keep_protected"),
        )
    ),
    path("changes/<uuid:event_id>/undo/", changes.change_undo, name="change_undo"),
    path("changes/<uuid:event_id>/confirm/", changes.change_confirm, name="change_confirm"),
    path("changes/<uuid:event_id>/seen/", changes.change_seen, name="change_seen"),
    path("endings/<uuid:ending_id>/", life.ending_assess, name="ending_assess"),
    path("endings/<uuid:ending_id>/withdraw/", life.ending_withdraw, name="ending_withdraw"),
    path("cases/<uuid:case_id>/with-client/", beside.begin, name="with_client"),
    path("with-client/end/", beside.end, name="with_client_end"),
    path("cases/<uuid:case_id>/client-goals/new/", beside.own_goal, name="client_goal_new"),
    path("cases/<uuid:case_id>/messages/", dialogue.threads, name="threads"),
    path("cases/<uuid:case_id>/messages/new/", dialogue.thread_new, name="thread_new"),
    path("messages/<uuid:thread_id>/", dialogue.thread, name="thread"),
    path("attachments/<uuid:attachment_id>/", dialogue.attachment, name="attachment"),
    path("cases/<uuid:case_id>/meetings/", meetings.meetings, name="meetings"),
    path("cases/<uuid:case_id>/meetings/new/", meetings.meeting_new, name="meeting_new"),
    path("meetings/<uuid:meeting_id>/", meetings.meeting, name="meeting"),
    path("meetings/<uuid:meeting_id>/meeting.ics", meetings.meeting_ics, name="meeting_ics"),
    path(
        "meetings/<uuid:meeting_id>/answer/<uuid:participant_id>/",
        meetings.meeting_answer,
        name="meeting_answer",
    ),
    *(
        path(f"meetings/<uuid:meeting_id>/{verb}/", view, name=name)
        for verb, view, name in (
            ("move", meetings.meeting_move, "meeting_move"),
            ("cancel", meetings.meeting_cancel, "meeting_cancel"),
            ("ask", meetings.meeting_ask, "meeting_ask"),
            ("points/new", meetings.point_new, "point_new"),
            ("action", meetings.agree_action, "agree_action"),
            ("service", meetings.agree_measure, "agree_measure"),
            ("close", meetings.meeting_close, "meeting_close"),
        )
    ),
    path("points/<uuid:point_id>/", meetings.point, name="point"),
    path("templates/", ready.templates, name="templates"),
    path("templates/new/", ready.template_new, name="template_new"),
    path("templates/<uuid:template_id>/", ready.template, name="template"),
    path("templates/<uuid:template_id>/retire/", ready.template_retire, name="template_retire"),
    path(
        "templates/<uuid:template_id>/lines/<uuid:line_id>/remove/",
        ready.line_remove,
        name="line_remove",
    ),
    path("cases/<uuid:case_id>/ready-plans/", ready.ready_plans, name="ready_plans"),
    path(
        "cases/<uuid:case_id>/ready-plans/<uuid:template_id>/",
        ready.ready_plan,
        name="ready_plan",
    ),
    path("way-of-working/", ways.ways, name="ways"),
    path("way-of-working/new/", ways.way_new, name="way_new"),
    path("commitments/", commitments.board, name="board"),
    path("commitments/export.csv", commitments.board_csv, name="board_csv"),
    path("goals/<uuid:goal_id>/ask/", commitments.body_ask, name="body_ask"),
    *(
        path(f"requests/<uuid:request_id>/{verb}/", view, name=f"body_{verb}")
        for verb, view in (
            ("accept", commitments.body_accept),
            ("decline", commitments.body_decline),
            ("withdraw", commitments.body_withdraw),
        )
    ),
    path("cases/<uuid:case_id>/team/", team.team, name="team"),
    path("cases/<uuid:case_id>/team/new/", team.member_add, name="member_add"),
    path("cases/<uuid:case_id>/team/<uuid:user_id>/end/", team.member_end, name="member_end"),
    path("cases/<uuid:case_id>/hand-over/", team.hand_over, name="hand_over"),
    path("cases/<uuid:case_id>/taking-over/", team.pack, name="pack"),
    path("handovers/<uuid:handover_id>/", team.handover, name="handover"),
    path("handovers/<uuid:handover_id>/accept/", team.handover_accept, name="handover_accept"),
    path("handovers/<uuid:handover_id>/decline/", team.handover_decline, name="handover_decline"),
    path(
        "handovers/<uuid:handover_id>/withdraw/", team.handover_withdraw, name="handover_withdraw"
    ),
    path("absences/", team.covers, name="covers"),
    path("absences/new/", team.cover_new, name="cover_new"),
    path("absences/<uuid:cover_id>/end/", team.cover_end, name="cover_end"),
    path("cases/<uuid:case_id>/plan/", plan.plan_edit, name="plan_edit"),
    path("cases/<uuid:case_id>/goals/new/", plan.goal_new, name="goal_new"),
    path("cases/<uuid:case_id>/services/new/", plan.measure_new, name="measure_new"),
    path("cases/<uuid:case_id>/propose/", agreement.propose, name="propose"),
    path("cases/<uuid:case_id>/versions/", agreement.versions, name="versions"),
    path("cases/<uuid:case_id>/who-sees/", explaining.case_who_sees, name="case_who_sees"),
    path("cases/<uuid:case_id>/see-as/<slug:who>/", explaining.case_see_as, name="case_see_as"),
    path(
        "cases/<uuid:case_id>/see-as/<slug:who>/<uuid:version_id>/",
        explaining.case_see_version_as,
        name="case_see_version_as",
    ),
    path("cases/<uuid:case_id>/ask-consent/", consents.consent_ask, name="consent_ask"),
    path("cases/<uuid:case_id>/write-down/", consents.consent_heard, name="consent_heard"),
    path("cases/<uuid:case_id>/invite/", consents.outside_heard, name="outside_heard"),
    path(
        "consent-requests/<uuid:request_id>/withdraw/",
        consents.consent_withdraw,
        name="consent_withdraw",
    ),
    path("cases/<uuid:case_id>/history/", explaining.case_history, name="case_history"),
    path("cases/<uuid:case_id>/assessments/", assessments.assessments, name="assessments"),
    path(
        "cases/<uuid:case_id>/assessments/rate/",
        assessments.expert_rating_new,
        name="expert_rating_new",
    ),
    path(
        "cases/<uuid:case_id>/assessments/new/<slug:code>/",
        assessments.assessment_type,
        name="assessment_type",
    ),
    path(
        "expert-ratings/<uuid:rating_id>/",
        assessments.expert_rating_edit,
        name="expert_rating_edit",
    ),
    path("assessments/import/", assessments.assessments_import, name="assessments_import"),
    path("assessments/<uuid:assessment_id>/", assessments.assessment_edit, name="assessment_edit"),
    path("cases/<uuid:case_id>/conflicts/", conflicts.conflicts, name="conflicts"),
    path(
        "cases/<uuid:case_id>/conflicts/<uuid:first>/<uuid:second>/",
        conflicts.conflict_settle,
        name="conflict_settle",
    ),
    path("goals/<uuid:goal_id>/progress/", conflicts.goal_progress, name="goal_progress"),
    path("my/assessments/", own.my_assessments, name="my_assessments"),
    path("my/assessments/new/<slug:code>/", own.my_assessment_new, name="my_assessment_new"),
    path("my/actions/<uuid:action_id>/no/", own.action_no, name="action_no"),
    path("my/services/<uuid:measure_id>/no/", own.measure_no, name="measure_no"),
    path("my/no/<uuid:objection_id>/", own.my_no, name="my_no"),
    path("goals/<uuid:goal_id>/", plan.goal_edit, name="goal_edit"),
    path("goals/<uuid:goal_id>/actions/new/", plan.action_new, name="action_new"),
    path("actions/<uuid:action_id>/", plan.action_edit, name="action_edit"),
    path("actions/<uuid:action_id>/close/", plan.action_close, name="action_close"),
    path("services/<uuid:measure_id>/", plan.measure_edit, name="measure_edit"),
    path("services/<uuid:measure_id>/how-it-went/", plan.measure_tell, name="measure_tell"),
    path("versions/<uuid:version_id>/", agreement.version, name="version"),
    path("versions/<uuid:version_id>/plan.pdf", agreement.version_pdf, name="version_pdf"),
    path("versions/<uuid:version_id>/accept/", agreement.accept, name="accept"),
    path("versions/<uuid:version_id>/disagree/", agreement.disagree, name="disagree"),
    path("versions/<uuid:version_id>/client/", agreement.client_answer, name="client_answer"),
    path("versions/<uuid:version_id>/settle/", agreement.settle, name="settle"),
    path("reviews/<uuid:request_id>/", agreement.review_answer, name="review_answer"),
    path("my/review/", agreement.review_ask, name="review_ask"),
    path("my/", client.my_plan, name="my_plan"),
    path("news/seen/", meetings.news_seen, name="news_seen"),
    path("my/plans/<uuid:case_id>/", own_case.own_case_turn_to, name="own_case_turn_to"),
    path("my/goals/new/", client.goal_new, name="own_goal_new"),
    path("my/actions/<uuid:action_id>/done/", client.action_done, name="own_action_done"),
    path("my/who-sees/", sharing.who_sees, name="who_sees"),
    path("my/who-sees/several/", sharing.change_many, name="change_many"),
    path("my/who-sees/as/<slug:who>/", sharing.see_as_page, name="see_as"),
    path(
        "my/who-sees/as/<slug:who>/<uuid:version_id>/",
        sharing.see_version_as_page,
        name="see_version_as",
    ),
    path("my/who-sees/as/<slug:who>/one/<uuid:thing>/", sharing.change_thing, name="change_thing"),
    path(
        "my/who-sees/requests/<uuid:request_id>/", sharing.consent_request, name="consent_request"
    ),
    path("my/who-sees/outside/new/", sharing.outside_new, name="outside_new"),
    path("my/who-sees/outside/<uuid:party_id>/", sharing.outside_party, name="outside_party"),
    path("my/who-sees/history/", sharing.my_history, name="my_history"),
    # Last: nothing above is a kind of information.
    path("my/who-sees/<slug:category>/<slug:who>/", sharing.change_one, name="change_one"),
    path("my/everything/", rights.everything, name="everything"),
    path("my/everything.json", rights.everything_json, name="everything_json"),
    path("my/everything.pdf", rights.everything_pdf, name="everything_pdf"),
    path(
        "my/corrections/new/<slug:kind>/<slug:subject>/",
        rights.correction_new,
        name="correction_new",
    ),
    path(
        "corrections/<uuid:correction_id>/", corrections.correction_answer, name="correction_answer"
    ),
    path("my/registers/", client.registers, name="registers"),
    path("my/access-log/", looks.access_log, name="access_log"),
    path("my/access-log/<int:look>/ask/", looks.look_ask, name="look_ask"),
    path("register/", imports.imports, name="imports"),
    path("register/confirm/", officer_imports.imports_waiting, name="imports_waiting"),
    path(
        "register/confirm/<uuid:run_id>/",
        officer_imports.import_to_confirm,
        name="import_to_confirm",
    ),
    path(
        "register/confirm/<uuid:run_id>/yes/",
        officer_imports.import_confirm,
        name="import_confirm",
    ),
    path("register/new/", imports.import_new, name="import_new"),
    path("register/<uuid:run_id>/", imports.import_one, name="import"),
    path("register/<uuid:run_id>/rejected.csv", imports.import_rejected, name="import_rejected"),
    *(
        path(f"register/<uuid:run_id>/{verb}/", view, name=f"import_{verb.replace('-', '_')}")
        for verb, view in (
            ("propose", imports.import_propose),
            ("discard", imports.import_discard),
            ("stop", imports.import_stop),
            ("go-on", imports.import_go_on),
        )
    ),
    path("invitation/<str:secret>/", outside.invitation, name="invitation"),
    path("shared/", outside.shared, name="shared"),
    path("shared/<uuid:case_id>/", outside.shared_case, name="shared_case"),
    path("dashboard/", director.dashboard, name="dashboard"),
    path("offices/", staff.offices, name="offices"),
    path("offices/<uuid:office_id>/", staff.office, name="office"),
    path("offices/<uuid:office_id>/new/", staff.worker_new, name="worker_new"),
    path("offices/<uuid:office_id>/<uuid:user_id>/back/", staff.worker_back, name="worker_back"),
    path("workers/<uuid:position_id>/", staff.worker, name="worker"),
    path("workers/<uuid:position_id>/leads/", staff.worker_leads, name="worker_leads"),
    path("workers/<uuid:position_id>/link/", staff.worker_link, name="worker_link"),
    path("workers/<uuid:position_id>/end/", staff.worker_end, name="worker_end"),
    path("questions/", questions.questions, name="questions"),
    path("records/", joining.records, name="records"),
    path("records/<uuid:event_id>/", joining.record, name="record"),
    path("questions/<uuid:question_id>/", questions.question_answer, name="question_answer"),
    path("grounds/", grounds.grounds, name="grounds"),
    path("grounds/export.csv", grounds.grounds_csv, name="grounds_csv"),
    path("grounds/new/", grounds.ground_new, name="ground_new"),
    path("grounds/national/", grounds.grounds_national, name="grounds_national"),
    path("grounds/sign/", grounds.grounds_sign, name="grounds_sign"),
    path("grounds/<uuid:ground_id>/", grounds.ground, name="ground"),
    path("grounds/<uuid:ground_id>/sign/", grounds.ground_sign, name="ground_sign"),
    path("grounds/<uuid:ground_id>/end/", grounds.ground_end, name="ground_end"),
    path("grounds/<uuid:ground_id>/remove/", grounds.ground_remove, name="ground_remove"),
    path("policy/", policy.policy, name="policy"),
    path("policy/new/", policy.policy_new, name="policy_new"),
]
