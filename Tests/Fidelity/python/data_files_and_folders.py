import glob
import os
import pathlib
import shutil
import tempfile

with tempfile.TemporaryDirectory() as folder:
    print(folder.startswith("/tmp/"), tempfile.gettempdir())
    root = pathlib.Path(folder, "a", "b")
    root.mkdir(parents=True)
    (root / "one.txt").write_text("one\n")
    shutil.copytree(pathlib.Path(folder, "a"), pathlib.Path(folder, "copy"))
    print(sorted(str(p.relative_to(folder)) for p in pathlib.Path(folder).rglob("*")))
    print(shutil.make_archive("archive", "zip", folder), os.path.getsize("archive.zip") > 0)
print(os.path.exists(folder), glob.glob("*.zip"), pathlib.Path.cwd(), pathlib.Path("~").expanduser())
os.symlink("main.py", "link")
os.link("main.py", "hard")
os.utime("hard", (0, 0))
os.rename("hard", "renamed")
print(os.readlink("link"), os.stat("renamed").st_nlink, os.stat("main.py").st_mtime, sorted(os.listdir()))
print(shutil.which("python3"), shutil.disk_usage("/tmp").total, os.access("main.py", os.X_OK))
with tempfile.NamedTemporaryFile(dir="/workspace") as file:
    print(os.path.exists(file.name))
