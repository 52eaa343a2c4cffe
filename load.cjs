/**
 * Loads our TypeScript by tsx, and what packages have as JavaScript by Node alone, which keeps what it compiled for the next
 * start. Left to tsx, each of their files would be parsed for what it does not need, and its source map read: more than half
 * of the time until a command does anything.
 */
"use strict";
const { _extensions: loaders, enableCompileCache, setSourceMapsSupport } = require("node:module");
const { sep } = require("node:path");

enableCompileCache();

const byNode = loaders[".js"];
require("tsx");
const byTsx = loaders[".js"];
const PACKAGES = `${sep}node_modules${sep}`;
loaders[".js"] = (module, file) => (file.includes(PACKAGES) ? byNode : byTsx)(module, file);

setSourceMapsSupport(true, { nodeModules: false });
