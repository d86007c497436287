"""Courses of schools, when families choose, what they answered, and who takes what."""

from junheng.domains.afterclass.models.answers import CourseChoice, Enrolment, Need
from junheng.domains.afterclass.models.courses import ChoosingPeriod, Course

__all__ = ["ChoosingPeriod", "Course", "CourseChoice", "Enrolment", "Need"]
