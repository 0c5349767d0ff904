console.log(process.report.getReport().header.commandLine);
