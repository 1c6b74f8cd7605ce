"""Internship or work-study: criteria, weights, marks, and what decides."""
