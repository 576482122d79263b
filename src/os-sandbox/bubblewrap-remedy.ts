export interface MachineFacts {
  platform: string
  /** Where `bwrap` was found. */
  path: string | undefined
  /** What the trial run said. */
  stderr: string
  isContainer: boolean
  /** Ubuntu from 23.10 on: `kernel.apparmor_restrict_unprivileged_userns` is 1. */
  isAppArmorRestricted: boolean
  /** `kernel.unprivileged_userns_clone` or `user.max_user_namespaces` is 0. */
  areUserNamespacesOff: boolean
}

interface Remedy {
  reason: string
  remedy: string
}

/** Why bubblewrap does not work, in one clause, and the exact thing to do. Pure. */
export function bubblewrapRemedy(facts: MachineFacts): Remedy {
  const { platform, path, stderr } = facts
  if (platform !== 'linux') {
    return {
      reason: `bubblewrap runs only on Linux; this machine runs ${platform}`,
      remedy: 'Run scriptbench in a Linux virtual machine or in a container started as described in the README.',
    }
  }
  if (path === undefined) {
    return {
      reason: 'bubblewrap is not installed: there is no `bwrap` on PATH',
      remedy:
        'Install it: `sudo apt-get install bubblewrap` (Debian, Ubuntu), `sudo dnf install bubblewrap` (Fedora, RHEL), `sudo pacman -S bubblewrap` (Arch), `apk add bubblewrap` (Alpine).',
    }
  }
  if (/unknown option/i.test(stderr)) {
    return {
      reason: `the bubblewrap at ${path} is too old: ${firstLine(stderr)}`,
      remedy: 'Install bubblewrap 0.8 or newer.',
    }
  }
  return isRefusal(stderr) ? refusal(facts) : unexpected(facts)
}

/** Bubblewrap's own words when the kernel, a security module or a container refuses it. */
function isRefusal(stderr: string): boolean {
  return /namespace|uid map|gid map|RTM_NEWADDR|Can't mount proc|mount.*(not permitted|denied)|Operation not permitted|No space left/i.test(
    stderr,
  )
}

function refusal({ stderr, path, isContainer, isAppArmorRestricted, areUserNamespacesOff }: MachineFacts): Remedy {
  const said = firstLine(stderr)
  if (isContainer) {
    return {
      reason: `this container does not allow user namespaces or mounts (${said})`,
      remedy:
        'Start the container with `--security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined`, or with `--privileged`.',
    }
  }
  if (areUserNamespacesOff) {
    return {
      reason: `user namespaces are disabled on this machine (${said})`,
      remedy:
        'Enable them: `sudo sysctl -w user.max_user_namespaces=15000` and, where it exists, `sudo sysctl -w kernel.unprivileged_userns_clone=1`.',
    }
  }
  if (isAppArmorRestricted) {
    return {
      reason: `AppArmor forbids unprivileged user namespaces on this machine (${said})`,
      remedy: [
        'Allow them for bubblewrap alone:',
        `  printf 'abi <abi/4.0>,\\ninclude <tunables/global>\\nprofile bwrap ${path} flags=(unconfined) {\\n  userns,\\n}\\n' | sudo tee /etc/apparmor.d/bwrap`,
        '  sudo apparmor_parser -r /etc/apparmor.d/bwrap',
        'or for every program: `sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`.',
      ].join('\n'),
    }
  }
  return {
    reason: `the kernel or a security module does not allow it (${said})`,
    remedy:
      'Allow unprivileged user namespaces for this user (see `man bwrap`), or run in a virtual machine that does.',
  }
}

function unexpected({ stderr, path }: MachineFacts): Remedy {
  return {
    reason: `a trial run of ${path} failed (${firstLine(stderr)})`,
    remedy: `Run \`${path} --ro-bind / / true\` to see the error, and update bubblewrap (0.8 or newer).`,
  }
}

function firstLine(text: string): string {
  return text.split('\n')[0] || 'no output'
}
