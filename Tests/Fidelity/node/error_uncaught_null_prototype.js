throw Object.assign(Object.create(null), { plain: true });
