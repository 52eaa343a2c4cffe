/**
 * Loads our TypeScript by tsx, and what packages have as JavaScript by Node alone, which keeps what it compiled for the next
 * start. Left to tsx, each of their files would be parsed for what it does not need, and its source map read: more than half
 * of the time until a command does anything.
 */
"use strict";
// Pulumi takes any Node.js that it finds.
require("./checkNode.cjs");

const { readFileSync } = require("node:fs");
const nodeModule = require("node:module");
const { sep } = require("node:path");
const { fileURLToPath } = require("node:url");

nodeModule.enableCompileCache();

const loaders = nodeModule._extensions;
const byNode = loaders[".js"];
require("tsx");
const byTsx = loaders[".js"];
const PACKAGES = `${sep}node_modules${sep}`;
loaders[".js"] = (module, file) => (file.includes(PACKAGES) ? byNode : byTsx)(module, file);

// Pulumi's SDK takes npm's own reader of packages to serialize functions, of which there are none here. Unless it is used, it is
// not loaded: that would take as long as the whole SDK.
const UNUSED = "@npmcli/arborist";
const load = nodeModule._load;
nodeModule._load = (request, ...rest) =>
    request === UNUSED
        ? {
              __esModule: true,
              get Arborist() {
                  return load(request, ...rest).Arborist;
              },
          }
        : load(request, ...rest);

// The same for packages that are ECMAScript modules. Of hooks, the last comes first.
nodeModule.registerHooks({
    load: (url, context, next) =>
        context.format === "module" && url.includes("/node_modules/")
            ? { format: "module", source: readFileSync(fileURLToPath(url)), shortCircuit: true }
            : next(url, context),
});

nodeModule.setSourceMapsSupport(true, { nodeModules: false });
