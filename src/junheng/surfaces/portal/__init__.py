"""The portal: what anybody may read without a login."""
