"""A site that is built night after night of one export."""

import datetime as dt

import small_sites

DAY = dt.timedelta(days=1)


class Nights:
    """One site, built night after night of one export."""

    def __init__(self, folder, **site):
        self.folder = folder
        self.site = small_sites.write_site(folder / "content", **site)
        self.export = small_sites.write_export(
            folder / "export", severe=[small_sites.entry("S-1"), small_sites.person()]
        )
        self.output = folder / "out"
        self.spare = self.output / "dalian/state/spare"
        self.day = small_sites.AS_OF

    def build(self, days=1, **options):
        self.report(days, **options)
        return self.live

    def report(self, days=1, **options):
        self.day += DAY * days
        return small_sites.build_site(self.site, self.export, self.output, as_of=self.day, **options)

    def nights(self, many):
        """So many nights from a first build on; there is a spare from the first of them."""
        self.build(0)
        for _ in range(many):
            self.build()
        return self.live

    @property
    def live(self):
        return small_sites.live_root(self.output)

    def whole(self):
        """What a full build of the day is."""
        whole = self.folder / f"whole-{self.day}"
        small_sites.build_site(self.site, self.export, whole, as_of=self.day)
        return small_sites.files_of(small_sites.live_root(whole))
