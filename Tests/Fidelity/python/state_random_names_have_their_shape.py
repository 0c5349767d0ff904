import os
import random
import secrets
import ssl
import tempfile
import uuid

print(len(secrets.token_hex(8)), len(os.urandom(5)), uuid.uuid4().version, uuid.uuid5(uuid.NAMESPACE_DNS, "x.y"))
print(uuid.uuid4() != uuid.uuid4(), random.random() != random.random(), ssl.RAND_status())
print(tempfile.mktemp(dir="/tmp") != tempfile.mktemp(dir="/tmp"), uuid.uuid1().version)
