Promise.reject({ code: 5, list: [1, { a: 2 }] });
