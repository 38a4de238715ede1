"""One file for each class of hole that others were hurt by, so that it stays shut here.

Whose, and what was learnt: Decidim CVE-2026-40870, -40869, -23891; Zammad CVE-2026-34722;
Request Tracker CVE-2012-4730, CVE-2021-38562, CVE-2022-25802, CVE-2022-25803, CVE-2023-41259,
CVE-2023-45024; django-helpdesk's attachments and empty e-mail addresses; FixMyStreet's pages.
"""
