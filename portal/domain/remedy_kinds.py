"""What there is to choose from about remedies and payments (Code section 7; the Ombudsman's guidance on remedies)."""

from __future__ import annotations

from enum import StrEnum


class CompensationHead(StrEnum):
    """What money is for. Each is an amount of its own, so that anybody can see how a sum came about."""

    DELAY = "delay"
    DISTRESS = "distress"
    TIME_AND_TROUBLE = "time_and_trouble"
    HANDLING = "handling"
    LOSS = "loss"
    STATUTORY = "statutory"


class OwnDelay(StrEnum):
    """Whether something is offered for the lateness of the complaint's own handling."""

    REMEDY = "remedy"
    NO_REMEDY = "no_remedy"


class PaymentStep(StrEnum):
    """What became of money that was offered."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    SENT = "sent"
    RETURNED = "returned"
    PAID = "paid"


class PaymentMethod(StrEnum):
    """How it is paid. The details of an account are never kept here."""

    BANK_TRANSFER = "bank_transfer"
    CHEQUE = "cheque"
    VOUCHER = "voucher"
    RENT_ACCOUNT = "rent_account"
