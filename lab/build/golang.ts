import { globSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../run";
import { VERSIONS } from "../versions";
import { digestOf, type Artifact } from "./cache";

// Static programs do not depend on the libraries of a container or of the machine. The Go that is
// installed is used as it is, and a go.mod is never changed by a build.
const ENVIRONMENT = { CGO_ENABLED: "0", GOTOOLCHAIN: "local", GOFLAGS: "" };

const VERSION_PACKAGE = "k8s.io/component-base/version";
const [MAJOR = "", MINOR = ""] = VERSIONS.kubernetes.split(".");
const KUBERNETES_FLAGS = [
    `-X ${VERSION_PACKAGE}.gitVersion=v${VERSIONS.kubernetes}`,
    `-X ${VERSION_PACKAGE}.gitMajor=${MAJOR}`,
    `-X ${VERSION_PACKAGE}.gitMinor=${MINOR}`,
    `-X ${VERSION_PACKAGE}.gitTreeState=clean`,
].join(" ");

/** The programs of the control plane and of the nodes, and kubectl. */
export const kubernetes = goArtifact(
    "Kubernetes, about 7 minutes on 2 cores,",
    "kubernetes",
    VERSIONS.kubernetes,
    "tool",
    KUBERNETES_FLAGS,
);
export const coredns = goArtifact("CoreDNS", "coredns", VERSIONS.coredns, ".");
export const localPathProvisioner = goArtifact(
    "local-path-provisioner",
    "local-path-provisioner",
    VERSIONS.localPathProvisioner,
    "tool",
);

const CERT_MANAGER = "github.com/cert-manager/cert-manager";

/** The file with all CRDs of cert-manager in its artefact's folder. */
export const CERT_MANAGER_CRDS = "crds.yaml";

/** cert-manager's controller and webhook as one program, and its CRDs. */
export const certManager = withCertManagerCrds(
    goArtifact(
        "cert-manager",
        "cert-manager",
        VERSIONS.certManager,
        ".",
        `-X ${CERT_MANAGER}/pkg/util.AppVersion=v${VERSIONS.certManager}`,
    ),
);

// Its Helm chart has the same ones as templates.
function withCertManagerCrds(program: Artifact): Artifact {
    return {
        ...program,
        async build(folder, say) {
            await program.build(folder, say);
            const source = join(await moduleFolder("cert-manager", CERT_MANAGER), "deploy", "crds");
            const files = globSync("*.yaml", { cwd: source }).sort();
            const documents = files.map((file) => readFileSync(join(source, file), "utf8"));
            writeFileSync(join(folder, CERT_MANAGER_CRDS), documents.join(""));
        },
    };
}

/** Where Go keeps the sources of a module that one of ours needs, which it fetches if they are not there yet. */
export async function moduleFolder(name: string, path: string): Promise<string> {
    const answer = await run("go", ["mod", "download", "-json", path], {
        cwd: join(__dirname, name),
        env: ENVIRONMENT,
    });
    return (JSON.parse(answer) as { readonly Dir: string }).Dir;
}

/** Programs that a Go module in a folder beside this file builds. */
export function goArtifact(
    title: string,
    name: string,
    version: string,
    target: "." | "tool",
    linkerFlags = "",
    overlay: () => Promise<Overlay> = () => Promise.resolve({}),
): Artifact {
    const module = join(__dirname, name);
    return {
        title: `${title} v${version} (Go)`,
        folder: join(name, `v${version}-${digestOf(module)}`),
        build: async (folder, say) =>
            goBuild(module, folder, target, say, linkerFlags, await overlay()),
    };
}

/** Files that a build has in its module's folder, by name, and where they really are. */
export type Overlay = Readonly<Record<string, string>>;

/** Builds the programs of a module into a folder; `tool` stands for those that its go.mod names. */
export async function goBuild(
    module: string,
    folder: string,
    target: "." | "tool",
    say: (message: string) => void,
    linkerFlags = "",
    overlay: Overlay = {},
): Promise<void> {
    let packages = 0;
    const overlayFile = join(folder, "overlay.json");
    const replaced = Object.entries(overlay).map(
        ([name, path]) => [join(module, name), path] as const,
    );
    writeFileSync(overlayFile, JSON.stringify({ Replace: Object.fromEntries(replaced) }));
    const report = throttled(say);
    await run(
        "go",
        [
            "build",
            "-v",
            "-mod=readonly",
            "-buildvcs=false",
            "-trimpath",
            `-overlay=${overlayFile}`,
            "-ldflags",
            `-s -w ${linkerFlags}`.trim(),
            "-o",
            `${folder}/`,
            target,
        ],
        {
            cwd: module,
            env: ENVIRONMENT,
            onLine: (line) =>
                report(line.startsWith("go: ") ? line.slice(4) : `${++packages} packages compiled`),
        },
    );
    rmSync(overlayFile);
}

// There are more than a thousand packages: on a terminal a line is rewritten, elsewhere it stays.
function throttled(say: (message: string) => void): (message: string) => void {
    const interval = process.stdout.isTTY ? 200 : 20_000;
    let last = Date.now();
    return (message) => {
        if (Date.now() - last >= interval) {
            last = Date.now();
            say(message);
        }
    };
}
