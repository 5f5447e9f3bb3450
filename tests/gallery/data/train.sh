#!/bin/sh
# Train each model once.
for model in mlp cnn; do
    python train.py --model "$model" | tee "$model.log"
done
