"""The demonstration: made-up residents, staff and complaints, a clock that can be moved, and what runs it.

It plays stories through the real actions, day by day, so that whatever it shows could have happened.
Nothing here exists for `portal serve`, and no landlord is named: the stories fit whatever policy they meet.
"""
