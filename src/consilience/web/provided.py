"""What the server gives to its addresses, by name."""

from litestar.di import NamedDependency

from consilience.web.access import Access, Who
from consilience.web.served import ServedCase
from consilience.web.work import Work

TheAccess = NamedDependency[Access]
TheCase = NamedDependency[ServedCase]
TheWork = NamedDependency[Work]
Asker = NamedDependency[Who]
