"""The worklist of triggers and early signals, their explanations, what is decided on them."""

from django.urls import path

from pages.triggers import chosen, views, worklist

urlpatterns = [
    path("triggers/", worklist.triggers, name="triggers"),
    path("triggers/deaths/", views.deaths, name="deaths"),
    path("triggers/deaths/<uuid:event_id>/undo/", views.death_undo, name="death_undo"),
    path("triggers/export.csv", worklist.triggers_csv, name="triggers_csv"),
    path("triggers/chosen/assess/", chosen.assess, name="chosen_assess"),
    path("triggers/chosen/give/", chosen.give, name="chosen_give"),
    path("triggers/chosen/snooze/", chosen.snooze, name="chosen_snooze"),
    path("triggers/chosen/file/", chosen.file, name="chosen_file"),
    path("triggers/<uuid:person_id>/decline/", chosen.decline, name="person_decline"),
    path("triggers/<uuid:person_id>/<rule:rule>/", views.trigger, name="trigger"),
    *(
        path(f"triggers/<uuid:person_id>/<rule:rule>/{verb}/", view, name=f"trigger_{verb}")
        for verb, view in (
            ("open", views.trigger_open),
            ("assess", views.trigger_assess),
            ("decline", views.trigger_decline),
            ("snooze", views.trigger_snooze),
            ("died", views.trigger_died),
        )
    ),
    path("triggers/<uuid:person_id>/<rule:rule>/by-hand/", views.by_hand, name="by_hand"),
    path(
        "triggers/<uuid:person_id>/by-hand/<uuid:entry_id>/withdraw/",
        views.by_hand_withdraw,
        name="by_hand_withdraw",
    ),
]
