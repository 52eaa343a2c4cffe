import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { REPOSITORY } from "../../../tools/cli/repository";
import { findOnPath } from "../../onPath";
import { builtEngine, KUBERNETES_PROVIDER } from "../../pulumi/build";
import { requireEngine } from "../../pulumi/find";
import { engineVersions } from "../../pulumi/versions";
import type { CampaignContext, OpenCampaign, Outcome, RoundContext } from "../campaign";
import { deployingVersions } from "../versions";
import type { KilledRound, ProviderGroup } from "./plan";
import type { KilledSample } from "./tables";

const SUITE = "tests/integration/killedUp.spec.ts";
/** What the titles of the suite begin with. */
const BEGINNING = "after an up that was killed, the next one ";

/** What tests/support/reporter.ts writes. */
interface Report {
    readonly tests: readonly { readonly title: string; readonly state: string }[];
}

/** Opens the rounds. Each runs the suite in a process of its own, which starts the lab where it is down. */
export async function openKilled({ directory, note }: CampaignContext): Promise<OpenCampaign> {
    const { "Kubernetes provider": _, ...versions } = await deployingVersions(
        await requireEngine(),
    );
    note(versions);
    return {
        run: (round, context) => run(round as KilledRound, directory, context),
        close: () => Promise.resolve(),
    };
}

async function run(
    { group }: KilledRound,
    directory: string,
    { signal, say }: RoundContext,
): Promise<Outcome> {
    const paths = pathsFor(group);
    if (paths === undefined) {
        return { notMeasured: "no provider on PATH" };
    }
    const report = join(directory, `${group}.json`);
    say(`${SUITE} runs`);
    const child = spawn("npm", ["run", "test:integration", "--", SUITE], {
        cwd: REPOSITORY,
        env: { ...process.env, PATH: paths.env, KAFKA_EKS_TEST_REPORT: report },
        stdio: ["ignore", "ignore", "inherit"],
        signal,
    });
    await once(child, "close");
    if (!existsSync(report)) {
        throw new Error(`${SUITE}: expected a report, got none`);
    }
    const { tests } = JSON.parse(readFileSync(report, "utf8")) as Report;
    const engine = { ...(await requireEngine()), path: paths.provider };
    const { kubernetesProvider } = await engineVersions(engine);
    const samples: KilledSample = {
        provider: kubernetesProvider,
        tests: tests
            .filter(({ state }) => state !== "hook")
            .map(({ title, state }) => ({
                title: title.replace(BEGINNING, ""),
                passed: state === "passed",
            })),
    };
    return { samples };
}

/** Where a provider is, and the `PATH` with which it is found; `undefined` where there is none. */
function pathsFor(group: ProviderGroup): { env: string; provider: string } | undefined {
    const path = process.env.PATH ?? "";
    if (group === "newer") {
        return findOnPath(KUBERNETES_PROVIDER, path) === undefined
            ? undefined
            : { env: path, provider: path };
    }
    const others = path
        .split(delimiter)
        .filter((each) => findOnPath(KUBERNETES_PROVIDER, each) === undefined);
    return { env: others.join(delimiter), provider: builtEngine().providerDirectory };
}
