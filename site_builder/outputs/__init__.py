"""What is published beside the pages: downloads, feed, sitemap, manifest."""
