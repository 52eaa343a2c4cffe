import { resolve } from "node:path";
import { REPOSITORY } from "./repository";

/** A path that a user typed, from where the user stands: `npm run` changes to the repository, and tells where from. */
export function userPath(path: string): string {
    const { INIT_CWD } = process.env;
    const isChanged = INIT_CWD !== undefined && process.cwd() === REPOSITORY;
    return resolve(isChanged ? INIT_CWD : process.cwd(), path);
}
