try { await import("./lib"); } catch (error) { console.log(error.code, error.message); }
try { await import("./lib/a"); } catch (error) { console.log(error.code, error.message); }
export {};
