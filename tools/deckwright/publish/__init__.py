"""What students receive: kits of scripts, and a site with the pages of all lectures."""
