import { join } from "node:path";
import { delimiter } from "node:path";
import { readStackConfig } from "../../../tools/cli/stackFile";
import { REPOSITORY } from "../../../tools/cli/repository";

/** Directory of the executables, as the engine finds them on PATH. */
const BIN = join(__dirname, "bin");

/** Puts the stand-ins for the providers of AWS and EKS on PATH; returns what takes them off again. */
export function standInForAws(): () => void {
    const before = process.env.PATH;
    process.env.PATH = `${BIN}${delimiter}${before}`;
    return () => {
        process.env.PATH = before;
    };
}

/**
 * The configuration of the repository's stack `dev`, by full key, as it is changed for the lab.
 *
 * @param lab Keys that have to suit the lab: a namespace, images that are there, amounts of memory.
 */
export function devStackConfig(lab: Readonly<Record<string, string>>): Record<string, string> {
    const dev = readStackConfig(REPOSITORY, "dev", {});
    // The engine is told by the project's own file.
    delete dev["pulumi:disable-default-providers"];
    const eks = {
        ...(JSON.parse(dev["kafka-eks:eks"]!) as object),
        publicAccessCidrs: ["203.0.113.7/32"],
        loadBalancerControllerChart: join(__dirname, "loadBalancerController"),
    };
    // Without its own listeners the stack has the platform's, with load balancers.
    delete dev["kafka-eks:listeners"];
    return { ...dev, ...lab, "kafka-eks:eks": JSON.stringify(eks) };
}
