"""What must happen, and by when: the rules of complaint handling as plain values and pure functions.

Standard library only. It knows no Flask, no database, no file, no clock, and no landlord by name;
the day, the policy and the calendar are arguments.
"""
