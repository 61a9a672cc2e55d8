"""What staff type about deliverables."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.access import Actor, ContactRole
from parvis.clients.models import Membership
from parvis.deliverables.actions import Approver, Terms
from parvis.deliverables.errors import ApproverMayNotDecide, NothingToPublish, TooFewApprovers
from parvis.deliverables.models import ApprovalOrder, Deliverable, Purpose
from parvis.files.forms import UploadsField
from parvis.files.models import StoredFile
from parvis.team.models import Member

LONGEST = 20_000


class DateInput(forms.DateInput):
    """The browser's own calendar; ISO dates whatever the language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DeliverableForm(forms.Form):
    """What a deliverable is and who looks after it."""

    title = forms.CharField(
        label=_("title"),
        max_length=160,
        error_messages={"required": _("Write what the client will read as title.")},
    )
    description = forms.CharField(
        label=_("what it is"), widget=forms.Textarea(attrs={"rows": 3}), max_length=LONGEST, required=False
    )
    responsible = forms.ModelChoiceField(
        label=_("person"), queryset=Member.objects.none(), empty_label=_("Nobody"), required=False
    )
    planned_on = forms.DateField(label=_("planned for"), widget=DateInput(), required=False)
    maximum_rounds = forms.IntegerField(
        label=_("revision rounds agreed"),
        min_value=0,
        max_value=99,
        required=False,
        help_text=_("You are warned when more are used. Empty means no limit."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = Member.objects.active().filter(workspace=actor.workspace_id).order_by("name")
        self.fields["responsible"].queryset = members  # type: ignore[attr-defined]


class TermsForm(forms.Form):
    """Who approves, in which function and order, and until when (G1-20 to G1-24).

    There is one line per contact who reaches the project. Whoever is chosen without being a decision maker
    is refused, with an offer to change the role in the same step (A-31).
    """

    required_approvers = forms.IntegerField(
        label=_("approvals required"), min_value=1, max_value=20, initial=1
    )
    order = forms.ChoiceField(label=_("order"), choices=ApprovalOrder.choices, initial=ApprovalOrder.PARALLEL)
    deadline_days = forms.IntegerField(
        label=_("deadline in working days"), min_value=1, max_value=90, initial=3, required=False
    )
    reminder_every_days = forms.IntegerField(
        label=_("remind every … days"), min_value=1, max_value=30, initial=1, required=False
    )
    escalates = forms.BooleanField(
        label=_("Tell the client’s owner when the deadline has passed"), initial=True, required=False
    )

    def __init__(self, *args: Any, memberships: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.memberships = list(memberships)
        places = [("", _("not asked")), *[(n, str(n)) for n in range(1, len(self.memberships) + 1)]]
        for membership in self.memberships:
            key = membership.contact_id.hex
            self.fields[f"place_{key}"] = forms.TypedChoiceField(
                label=membership.contact.name,
                choices=places,
                coerce=int,
                empty_value=0,  # type: ignore[arg-type] # what stands for "not asked"
                required=False,
            )
            self.fields[f"function_{key}"] = forms.CharField(
                label=_("function"),
                max_length=80,
                required=False,
                initial=membership.contact.function,
            )
            self.fields[f"promote_{key}"] = forms.BooleanField(required=False)
        self.refused: list[UUID] = []

    @property
    def lines(self) -> list[dict[str, Any]]:
        """One line per contact for the template."""
        return [
            {
                "membership": membership,
                "place": self[f"place_{membership.contact_id.hex}"],
                "function": self[f"function_{membership.contact_id.hex}"],
                "promote": self[f"promote_{membership.contact_id.hex}"],
                "is_refused": membership.contact_id in self.refused,
                "may_decide": membership.role == ContactRole.DECISION_MAKER,
            }
            for membership in self.memberships
        ]

    @property
    def rules(self) -> list[forms.BoundField]:
        """The fields that belong to nobody in particular."""
        return [self[name] for name in TermsForm.base_fields]

    def clean(self) -> dict[str, Any]:
        """Only decision makers approve, and enough of them are asked."""
        data: dict[str, Any] = super().clean() or {}
        chosen = self._chosen(data)
        self.refused = [
            membership.contact_id
            for membership in chosen
            if membership.role != ContactRole.DECISION_MAKER
            and not data.get(f"promote_{membership.contact_id.hex}")
        ]
        if self.refused:
            self.add_error(None, ApproverMayNotDecide.message)
        if chosen and data.get("required_approvers", 1) > len(chosen):
            self.add_error("required_approvers", TooFewApprovers.message)
        return data

    def _chosen(self, data: dict[str, Any]) -> list[Membership]:
        """Those who are asked, in their order."""
        asked = [m for m in self.memberships if data.get(f"place_{m.contact_id.hex}")]
        return sorted(asked, key=lambda m: int(data[f"place_{m.contact_id.hex}"]))

    @property
    def approvers(self) -> list[Approver]:
        """The slots, first to last."""
        data = self.cleaned_data
        return [
            Approver(membership.contact_id, data[f"function_{membership.contact_id.hex}"])
            for membership in self._chosen(data)
        ]

    @property
    def promoted(self) -> list[Membership]:
        """Those who become decision makers so that they may approve."""
        data = self.cleaned_data
        return [
            membership
            for membership in self._chosen(data)
            if membership.role != ContactRole.DECISION_MAKER and data[f"promote_{membership.contact_id.hex}"]
        ]

    def offer_again(self) -> None:
        """Nothing was saved: whoever was to become a decision maker is none, and is offered as before."""
        data = self.cleaned_data
        for membership in self._chosen(data):
            if data[f"promote_{membership.contact_id.hex}"]:
                membership.refresh_from_db(fields=["role"])
                self.refused.append(membership.contact_id)

    @property
    def terms(self) -> Terms:
        """How it is approved."""
        data = self.cleaned_data
        return Terms(
            required_approvers=data["required_approvers"],
            order=ApprovalOrder(data["order"]),
            deadline_days=data["deadline_days"],
            reminder_every_days=data["reminder_every_days"],
            escalates=data["escalates"],
        )

    @classmethod
    def initial_of(cls, deliverable: Deliverable) -> dict[str, Any]:
        """What is agreed now; policy and slots are at hand."""
        policy = deliverable.policy
        initial: dict[str, Any] = {name: getattr(policy, name) for name in cls.base_fields}
        for place, slot in enumerate(deliverable.slots.all(), start=1):
            initial[f"place_{slot.contact_id.hex}"] = place
            initial[f"function_{slot.contact_id.hex}"] = slot.function
        return initial


class NewDeliverableForm(DeliverableForm, TermsForm):
    """Everything at once: what it is, what is asked for, who approves."""

    purpose = forms.ChoiceField(
        label=_("what the client is asked for"),
        choices=Purpose.choices,
        initial=Purpose.APPROVAL,
        widget=forms.RadioSelect,
    )

    @property
    def about(self) -> list[forms.BoundField]:
        """The fields about the deliverable itself."""
        return [
            self[name]
            for name in ("title", "purpose", "description", "responsible", "planned_on", "maximum_rounds")
        ]


class VersionForm(forms.Form):
    """A new version: what changed, what it settles, until when, its files (G1-17, G1-41a).

    Files come last, as in every form: a browser sends fields in their order, and words that stand above an
    upload are read even when it is too large to be read to its end.
    """

    note = forms.CharField(
        label=_("what changed"),
        help_text=_("The client reads this beside the version and in the mail."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST,
        required=False,
    )
    settles = forms.MultipleChoiceField(
        label=_("remarks handled in this version"), widget=forms.CheckboxSelectMultiple, required=False
    )
    deadline_days = forms.IntegerField(
        label=_("deadline in working days"),
        help_text=_("Empty means no deadline for this version."),
        min_value=1,
        max_value=90,
        required=False,
    )
    held = forms.MultipleChoiceField(
        label=_("files received with your last attempt"), widget=forms.CheckboxSelectMultiple, required=False
    )
    files = UploadsField(  # type: ignore[assignment] # the stubs know the attribute, not the field
        label=_("Drop the files of this version here or choose them")
    )

    def __init__(
        self,
        *args: Any,
        remarks: list[tuple[str, str]],
        held: Sequence[StoredFile],
        has_deadline: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if held:
            self.fields["held"].choices = [(str(file.pk), file.name) for file in held]  # type: ignore[attr-defined]
            self.fields["held"].initial = [str(file.pk) for file in held]
            self.fields["files"].required = False
        else:
            del self.fields["held"]
        if remarks:
            self.fields["settles"].choices = remarks  # type: ignore[attr-defined]
        else:
            del self.fields["settles"]
        if not has_deadline:
            del self.fields["deadline_days"]

    def clean_deadline_days(self) -> int:
        """Days, 0 where the field was emptied: this version has no deadline, whatever was agreed (G1-41a)."""
        return self.cleaned_data["deadline_days"] or 0

    def clean(self) -> dict[str, Any]:
        """A version needs a file, a new one or one that was received before."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and not data["files"] and not data.get("held"):
            self.add_error("files", NothingToPublish.message)
        return data


class WithdrawalForm(forms.Form):
    """Taking a version back; it names the one the page was opened for."""

    version = forms.UUIDField(widget=forms.HiddenInput, required=False)


class RemarkForm(forms.Form):
    """A remark of the team on a version, perhaps with a spot on one of its pages (G1-42b)."""

    body = forms.CharField(required=False, max_length=LONGEST)
    files = UploadsField(  # type: ignore[assignment] # the stubs know the attribute, not the field
        required=False
    )
    version = forms.UUIDField()
    anchor_page = forms.IntegerField(required=False, min_value=1, max_value=10_000)
    anchor_x = forms.DecimalField(required=False, min_value=0, max_value=100, max_digits=7, decimal_places=4)
    anchor_y = forms.DecimalField(required=False, min_value=0, max_value=100, max_digits=7, decimal_places=4)

    def clean(self) -> dict[str, Any]:
        """Something has to be there."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("body") and not data.get("files") and not self.errors:
            self.add_error("body", _("Write a few words, or add a file."))
        return data
