#!/usr/bin/env python3
"""Starts a real IMAP server (dovecot) and a real SMTP server (opensmtpd) on free ports, with mailboxes in a folder of their own, until the
standard input is closed.  Prints "port IMAP SMTP"; every user's password is "secret".

OpenSMTPD insists on being started by root; without that, only dovecot runs and the second port is 0, so that mails come in by LMTP (third port).
"""
import os, pwd, shutil, signal, socket, subprocess, sys, tempfile, time

DOVECOT = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
default_internal_user = {internal}
default_internal_group = {internal_group}
default_login_user = {login}
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_username_format = %Lu
mail_location = maildir:{folder}/mail/%u
first_valid_uid = 1
mail_fsync = never
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u allow_all_users=yes
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
"""

SMTPD = """
queue ttl 1h
smtp max-message-size 2M
listen on 127.0.0.1 port {smtp}
action "box" lmtp "127.0.0.1:{lmtp}" rcpt-to virtual {{ "@" = "{user}" }}
match from any for rcpt-to regex "^nobody-here@" reject
match from any for any action "box"
"""


def free_ports(count):
    held = [socket.socket() for _ in range(count)]
    for one in held:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


def wait_for(port, process, log):
    for _ in range(200):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"no server on port {port}: " + (open(log).read() if os.path.exists(log) else ""))


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the servers end, too
    folder = tempfile.mkdtemp(prefix="echoflow-mail-")
    os.chmod(folder, 0o755)
    root = os.geteuid() == 0
    owner = pwd.getpwnam("nobody") if root else pwd.getpwuid(os.geteuid())
    import grp
    internal = "dovecot" if root else owner.pw_name
    imap, smtp, lmtp = free_ports(3)
    for name in ("run", "state", "mail"):
        os.mkdir(os.path.join(folder, name))
    if root:
        os.chown(os.path.join(folder, "mail"), owner.pw_uid, owner.pw_gid)
    values = {"folder": folder, "internal": internal, "internal_group": grp.getgrgid(pwd.getpwnam(internal).pw_gid).gr_name, "login": "dovenull" if root else internal,
              "uid": owner.pw_uid, "gid": owner.pw_gid, "imap": imap, "lmtp": lmtp, "smtp": smtp, "user": owner.pw_name}
    processes = []
    try:
        path = os.path.join(folder, "dovecot.conf")
        open(path, "w").write(DOVECOT.format(**values))
        processes.append(subprocess.Popen(["dovecot", "-F", "-c", path], env={"PATH": "/usr/sbin:/usr/bin:/bin"}))
        wait_for(imap, processes[0], os.path.join(folder, "dovecot.log"))
        wait_for(lmtp, processes[0], os.path.join(folder, "dovecot.log"))
        if root:
            path = os.path.join(folder, "smtpd.conf")
            open(path, "w").write(SMTPD.format(**values))
            # Its queue and its socket have fixed places: a mount namespace of its own keeps runs apart where that is allowed.
            inner = "mount -t tmpfs none /run && mount -t tmpfs none /var/spool/smtpd && "
            inner += f"chmod 711 /var/spool/smtpd && exec smtpd -d -f {path}"
            alone = subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode == 0
            words = ["unshare", "-m", "sh", "-c", inner] if alone else ["smtpd", "-d", "-f", path]
            log = os.path.join(folder, "smtpd.log")
            processes.append(subprocess.Popen(words, stdout=open(log, "w"), stderr=subprocess.STDOUT, start_new_session=True))
            wait_for(smtp, processes[1], log)
        print(f"port {imap} {smtp if root else 0} {lmtp}", flush=True)
        sys.stdin.read()
    finally:
        for process in reversed(processes):
            process.send_signal(signal.SIGTERM)
        for process in processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
        if "--keep" not in sys.argv:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
