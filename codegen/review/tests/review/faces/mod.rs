//! The report as its readers see it, one file for each face.

mod fixture;
mod github;
mod headline;
mod html;
mod json;
mod markdown;
mod sample;
mod text;
