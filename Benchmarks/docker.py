"""docker run, on an image made of a runtime's image, where an engine answers."""

import shutil
import subprocess

RUN = (
    "run", "--rm", "--interactive", "--network", "none", "--read-only", "--tmpfs", "/tmp",
    "--tmpfs", "/workspace", "--workdir", "/workspace", "--user", "1000:1000", "--cap-drop", "ALL",
    "--security-opt", "no-new-privileges", "--memory", "128m", "--pids-limit", "64", "--cpus", "1",
)  # fmt: skip


def missing(bench):
    if not shutil.which("docker"):
        return "docker is not installed"
    try:
        asked = subprocess.run(
            ["docker", "version"], timeout=10, stdin=subprocess.DEVNULL, capture_output=True
        )
    except subprocess.TimeoutExpired:
        return "no docker engine answers"
    return None if asked.returncode == 0 else "no docker engine answers"


class Docker:
    def __init__(self):
        self.images = {}

    def argv(self, language, program, rootfs):
        if language.name not in self.images:
            self.images[language.name] = _import(language.name, rootfs)
        image = self.images[language.name]
        return [shutil.which("docker"), *RUN, image, *language.command(program)]

    def clean_up(self):
        for image in self.images.values():
            subprocess.run(
                ["docker", "image", "rm", "--force", image],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )


def _import(name, rootfs):
    image = f"codebox-bench:{name}"
    archive = subprocess.Popen(["tar", "-C", str(rootfs), "-c", "."], stdout=subprocess.PIPE)
    subprocess.run(
        ["docker", "import", "-", image], stdin=archive.stdout, stdout=subprocess.DEVNULL,
        check=True)  # fmt: skip
    archive.stdout.close()
    if archive.wait() != 0:
        raise SystemExit(f"tar could not read all of {rootfs}")
    return image
