"""How often one source may try: codes and passwords are not to be guessed. Counted in memory, or in Redis."""

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(key_func=get_remote_address, headers_enabled=False)
