"""What an agency sets for the mails of its contacts."""

from django import forms

from parvis.notifications.kinds import ContactNotice


class NoticesForm(forms.Form):
    """Which mails contacts get before they choose themselves (G1-09); each is a row on the page."""

    edition = forms.IntegerField(required=False, max_value=2**31 - 1)
    notices = forms.MultipleChoiceField(choices=ContactNotice, required=False)

    @property
    def defaults(self) -> dict[str, bool]:
        """For each kind whether it is sent."""
        return {kind.value: kind.value in self.cleaned_data["notices"] for kind in ContactNotice}
