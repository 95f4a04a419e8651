"""The site folder: ``site.yml`` and its companions become one frozen ``Site``."""
