"""What a developer uses: nothing of it is loaded by a served request."""
