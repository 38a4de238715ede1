"""Addresses of identity."""

from django.urls import path

from zhitong.kernel.identity.web import clients, demo, me, passkeys, people, resident, roles, staff

app_name = "identity"
urlpatterns = [
    path("sign-in", staff.sign_in, name="sign_in"),
    path("sign-in/second", staff.second, name="second"),
    path("sign-in/password", staff.first_password, name="first_password"),
    path("sign-in/passkey/options", passkeys.prove_options, name="prove_options"),
    path("sign-in/passkey/answer", passkeys.prove_answer, name="prove_answer"),
    path("sign-out", staff.sign_out, name="sign_out"),
    path("me", me.me, name="me"),
    path("me/sign-ins/end", me.end_all, name="end_sign_ins"),
    path("me/forget", me.forget, name="forget_me"),
    path("me/password", me.password, name="password"),
    path("me/authenticator", me.authenticator, name="authenticator"),
    path("me/recovery-codes", me.recovery_codes, name="recovery_codes"),
    path("me/passkeys", passkeys.passkeys, name="passkeys"),
    path("me/passkeys/options", passkeys.register_options, name="register_options"),
    path("me/passkeys/answer", passkeys.register_answer, name="register_answer"),
    path("me/passkeys/<uuid:passkey>/remove", passkeys.remove, name="remove_passkey"),
    path("resident/sign-in", resident.sign_in, name="resident_sign_in"),
    path("resident/code", resident.code, name="resident_code"),
    path("demo/sign-in", demo.sign_in, name="demo_sign_in"),
    path("demo/sms", demo.messages, name="demo_sms"),
    path("people", people.people, name="people"),
    path("people/new", people.new, name="new_account"),
    path("people/break-glass", people.break_the_glass, name="break_glass"),
    path("people/<uuid:account>", people.person, name="person"),
    path("people/<uuid:account>/appoint", people.appoint_person, name="appoint"),
    path("people/<uuid:account>/active", people.active, name="set_active"),
    path("people/<uuid:account>/password", people.password, name="reset_password"),
    path("people/<uuid:account>/second-factor", people.second_factor, name="reset_second_factor"),
    path("people/appointments/<uuid:appointment>/end", people.end, name="end_appointment"),
    path("posts", people.posts, name="posts"),
    path("posts/new", people.new_post, name="new_post"),
    path("roles", roles.roles, name="roles"),
    path("roles/<slug:role>", roles.role, name="role"),
    path("clients", clients.clients, name="clients"),
    path("clients/new", clients.new, name="new_client"),
    path("clients/<uuid:client>/end", clients.end, name="end_client"),
]
