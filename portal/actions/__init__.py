"""What people do: one module for each verb, and in it a function of the same name.

An action opens the case for its actor, asks the domain, appends what happened and writes the
letter, all inside the caller's unit of work: either everything is stored or nothing is.
It knows no request, no form, no page and no clock: `now` is an argument, in Europe/London.
"""
