"""The rule table and the documents as pages."""
