"""What `zhitong bench peers` compares with: django-helpdesk as it is, and bare Django."""
