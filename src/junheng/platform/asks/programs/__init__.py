"""Surveys for programs: reading them, their questions and answers as JSON, and answering."""
