"""python3 tuning.py: searches a problem with Optuna's TPE, once a seed, as the JSON object on standard input says.

Answers with one line of JSON: Optuna's version, and of each study the values in order and the settings of the best trial.
"""

import json
import sys
import warnings

import optuna
import tuning_problems


def suggest(trial, parameters):
    settings = {}
    for name, given in parameters.items():
        if any(settings.get(other) not in values for other, values in given.get("when", {}).items()):
            continue
        if given["kind"] == "categorical":
            settings[name] = trial.suggest_categorical(name, given["choices"])
        elif given["kind"] == "int":
            settings[name] = trial.suggest_int(name, given["low"], given["high"], step=given["step"], log=given["log"])
        else:
            settings[name] = trial.suggest_float(name, given["low"], given["high"], step=given.get("step"), log=given["log"])
    return settings


def search(task, seed):
    objective = getattr(tuning_problems, task["problem"])
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed, **task["sampler"]))
    study.optimize(lambda trial: objective(suggest(trial, task["parameters"]), task.get("data")), n_trials=task["trials"])
    return {"values": [trial.value for trial in study.trials], "best": study.best_params}


warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
optuna.logging.set_verbosity(optuna.logging.ERROR)
task = json.load(sys.stdin)
json.dump({"optuna": optuna.__version__, "studies": [search(task, seed) for seed in task["seeds"]]}, sys.stdout)
print()
