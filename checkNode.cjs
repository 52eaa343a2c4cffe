// Runs before every npm script, with any Node.js there is: one that is too old would get as far as a stack trace.
"use strict";

var wanted = require("./package.json").engines.node.replace(">=", "");
var found = process.versions.node;

var least = wanted.split(".").map(Number);
var parts = found.split(".").map(Number);
if (parts[0] < least[0] || (parts[0] === least[0] && parts[1] < least[1])) {
    var next = "install Node.js 24 from your system's packages or a version manager";
    console.error("Node.js: expected %s or newer, got %s. Next: %s.", wanted, found, next);
    process.exit(1);
}
